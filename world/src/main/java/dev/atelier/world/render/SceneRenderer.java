package dev.atelier.world.render;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.WordsReference;
import dev.atelier.world.scene.Chart;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Room;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import java.awt.Shape;
import java.util.Arrays;

/** Draws scenes. Stateless, thread-safe; the same scene and size give the same bytes. */
public final class SceneRenderer {
    private static final int LEAST = 16;
    private static final int MOST = 4096;

    private SceneRenderer() {}

    /**
     * @param width in pixels, 16 to 4,096
     * @param height in pixels, 16 to 4,096
     * @throws IllegalArgumentException when a side is out of bounds
     */
    public static Picture render(Scene scene, int width, int height) {
        requireSide("width", width);
        requireSide("height", height);
        try (Canvas canvas = new Canvas(width, height, scene.style())) {
            paint(canvas, scene);
            if (scene.style() == Style.PAINTERLY) {
                new Brushwork(canvas).apply();
            }
            return new Picture(width, height, canvas.toBytes());
        }
    }

    /**
     * Draws a picture that carries letters, and those letters alone.
     *
     * @throws IllegalArgumentException when a side is out of bounds as in {@link #render}, or the typeface lacks a character
     */
    public static Inscribed render(Inscription inscription, int width, int height) {
        requireSide("width", width);
        requireSide("height", height);
        try (Canvas canvas = new Canvas(width, height, inscription.scene().style())) {
            Shape letters = new InscriptionPainter(canvas, inscription).paint();
            return new Inscribed(
                    new Picture(width, height, canvas.toBytes()), WordsReference.draw(letters, width, height));
        }
    }

    /** All but what a style does to the finished picture. */
    static void paint(Canvas canvas, Scene scene) {
        switch (scene.setting()) {
            case Landscape landscape ->
                LandscapePainter.of(canvas, scene, landscape).paint();
            case Studio studio -> new StudioPainter(canvas, scene, studio).paint();
            case Room room -> new RoomPainter(canvas, scene, room).paint();
            case Sheet sheet -> SheetPainter.of(canvas, scene, sheet).paint();
            case Chart chart -> new ChartPainter(canvas, scene, chart).paint();
        }
    }

    /**
     * Where two scenes differ when drawn: one byte a pixel, rows from the top, 1 for a pixel that differs in any channel and
     * 0 for one that is identical.
     */
    public static byte[] mask(Scene source, Scene target, int width, int height) {
        return mask(render(source, width, height), render(target, width, height));
    }

    /**
     * Where two pictures of one size differ, as {@link #mask(Scene, Scene, int, int)}.
     *
     * @throws IllegalArgumentException when their sizes differ
     */
    public static byte[] mask(Picture source, Picture target) {
        if (source.width() != target.width() || source.height() != target.height()) {
            throw new IllegalArgumentException("target: " + target + " is not of the size of " + source);
        }
        byte[] before = source.toBytes();
        byte[] after = target.toBytes();
        byte[] mask = new byte[before.length / 3];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (Arrays.equals(before, 3 * i, 3 * i + 3, after, 3 * i, 3 * i + 3) ? 0 : 1);
        }
        return mask;
    }

    private static void requireSide(String field, int pixels) {
        if (pixels < LEAST || pixels > MOST) {
            throw new IllegalArgumentException(field + ": " + pixels + ", " + LEAST + " to " + MOST + " expected");
        }
    }
}
