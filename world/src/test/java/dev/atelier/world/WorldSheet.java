package dev.atelier.world;

import dev.atelier.world.caption.Caption;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Style;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Writes a contact sheet to look at: {@code WorldSheet FILE FAMILY|all|simple|pairs|compositions|sequences STYLE|any COUNT SIDE
 * FIRST_SEED [HEIGHT]}. The captions go to standard output, numbered as the pictures, rows first.
 */
public final class WorldSheet {
    private static final int COLUMNS = 6;

    private WorldSheet() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[3]);
        int side = Integer.parseInt(args[4]);
        long first = Long.parseLong(args[5]);
        int height = args.length > 6 ? Integer.parseInt(args[6]) : side;
        List<Scene> scenes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        World world = World.of(config(args[1], args[2]));
        for (long seed = first; scenes.size() < count; seed++) {
            switch (args[1]) {
                case "pairs" -> {
                    EditPair pair = world.edit(seed);
                    scenes.addAll(List.of(pair.source(), pair.target()));
                    words.addAll(List.of("before", pair.kind() + ": " + pair.instruction()));
                }
                case "compositions" -> {
                    Composition composition = world.composition(seed);
                    List<Scene> references = new ArrayList<>(composition.references());
                    while (references.size() < 2) {
                        references.add(references.getFirst());
                    }
                    scenes.addAll(references.subList(0, 2));
                    scenes.add(composition.target());
                    words.addAll(List.of("image 1", "image 2", composition.instruction()));
                }
                case "sequences" -> {
                    ShotSequence sequence = world.sequence(seed, COLUMNS);
                    scenes.addAll(sequence.shots());
                    sequence.prompts().forEach(prompt -> words.add(prompt.text()));
                }
                default -> {
                    Scene scene = world.scene(seed);
                    Caption caption = world.caption(scene, seed);
                    scenes.add(scene);
                    words.add(caption.form() + ": " + caption.text());
                }
            }
        }
        for (int i = 0; i < words.size(); i++) {
            System.out.println(i + " " + words.get(i));
        }
        ImageIO.write(sheet(scenes, side, height), "png", Path.of(args[0]).toFile());
    }

    private static BufferedImage sheet(List<Scene> scenes, int width, int height) {
        int rows = (scenes.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet = new BufferedImage(COLUMNS * (width + 4), rows * (height + 4), BufferedImage.TYPE_INT_RGB);
        var graphics = sheet.createGraphics();
        for (int i = 0; i < scenes.size(); i++) {
            BufferedImage image =
                    SceneRenderer.render(scenes.get(i), width, height).toImage();
            graphics.drawImage(image, i % COLUMNS * (width + 4), i / COLUMNS * (height + 4), null);
        }
        graphics.dispose();
        return sheet;
    }

    private static WorldConfig config(String family, String style) {
        if (family.equals("simple")) {
            return WorldConfig.simple();
        }
        WorldConfig full = WorldConfig.full();
        boolean one =
                List.of(Family.values()).stream().anyMatch(value -> value.name().equals(family));
        return new WorldConfig(
                one ? Map.of(Family.valueOf(family), 1.0) : full.families(),
                style.equals("any") ? full.styles() : Map.of(Style.valueOf(style), 1.0),
                full.captionForms(),
                full.chineseShare(),
                full.excluded(),
                full.maxThings(),
                full.heldOut());
    }
}
