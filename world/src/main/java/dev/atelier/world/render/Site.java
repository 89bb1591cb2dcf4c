package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Season;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Water;

/** A landscape on its canvas: where its parts are, in pixels, and what colours the season and the hour give them. */
record Site(Canvas canvas, Landscape landscape, Light light, long seed) {
    private static final double FAR_SHORE = 0.635;
    private static final double BANK = 0.845;

    static Site of(Canvas canvas, Landscape landscape, long seed) {
        return new Site(canvas, landscape, Light.of(landscape.time(), landscape.weather()), seed);
    }

    double width() {
        return canvas.width();
    }

    double height() {
        return canvas.height();
    }

    double unit() {
        return canvas.unit();
    }

    Dice dice(String purpose) {
        return Dice.of(seed, purpose);
    }

    Noise noise(String purpose) {
        return new Noise(dice(purpose).nextLong());
    }

    /** Where the distant land stands: the far shore of a lake, the sea's horizon, or the foot of the hills. */
    double horizon() {
        return height() * (landscape.terrain() == Terrain.COAST ? 0.56 : FAR_SHORE);
    }

    /** Where the near ground begins; below the picture when there is none. */
    double bank() {
        return landscape.ground().shore() ? height() * BANK : height() * 1.2;
    }

    boolean stillWater() {
        return landscape.water() == Water.LAKE;
    }

    /** Most that land may rise above the horizon. */
    double relief() {
        return Math.min(unit() * 0.46, horizon() * 0.8);
    }

    /** The x of a place across the width, nearer to the middle in wide pictures. */
    double x(Side side) {
        double reach = Math.min(width() * 0.27, unit() * 0.36);
        return width() / 2
                + switch (side) {
                    case LEFT -> -reach;
                    case CENTRE -> 0;
                    case RIGHT -> reach;
                };
    }

    double lightX() {
        return x(landscape.ground().light());
    }

    /** -1 when light comes from the left, 1 from the right. */
    int lightSign() {
        return landscape.ground().light() == Side.RIGHT ? 1 : -1;
    }

    boolean snowy() {
        return landscape.season() == Season.WINTER;
    }

    int grass() {
        return switch (landscape.season()) {
            case SPRING -> 0x86C45A;
            case SUMMER -> 0x4F9D45;
            case AUTUMN -> 0xC79B42;
            case WINTER -> 0xEDF2F7;
        };
    }

    int leaves() {
        return switch (landscape.season()) {
            case SPRING -> 0xF2A3C0;
            case SUMMER -> 0x3C8F46;
            case AUTUMN -> 0xE2742B;
            case WINTER -> 0xDDE7EE;
        };
    }

    int needles() {
        return switch (landscape.season()) {
            case SPRING -> 0x3B8160;
            case SUMMER -> 0x2C6E50;
            case AUTUMN -> 0x4A6B3C;
            case WINTER -> 0x4F7B80;
        };
    }
}
