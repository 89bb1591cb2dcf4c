package dev.atelier.world.render;

import dev.atelier.world.scene.Material;

/** A colour on a material: how a body in it is filled and where it shines. */
record Surface(int rgb, Material material) {

    /** For bodies that turn about an upright axis. */
    Fill turned() {
        return switch (material) {
            case MATTE, WOOD -> Fill.round(rgb);
            case GLOSSY ->
                new Fill(rgb, 1, 0, new float[] {0, 0.22f, 0.6f, 1}, new int[] {
                    Rgb.shade(rgb, 0.22), Rgb.lighter(rgb, 0.30), rgb, Rgb.shade(rgb, 0.42)
                });
            case METAL ->
                new Fill(rgb, 1, 0, new float[] {0, 0.16f, 0.30f, 0.48f, 0.66f, 0.84f, 1}, new int[] {
                    Rgb.shade(rgb, 0.48),
                    Rgb.lighter(rgb, 0.30),
                    Rgb.lighter(rgb, 0.72),
                    Rgb.shade(rgb, 0.12),
                    Rgb.shade(rgb, 0.46),
                    Rgb.lighter(rgb, 0.26),
                    Rgb.shade(rgb, 0.40)
                });
            case GLASS ->
                new Fill(Rgb.lighter(rgb, 0.35), 1, 0, new float[] {0, 0.15f, 0.5f, 0.85f, 1}, new int[] {
                    Rgb.shade(rgb, 0.10),
                    Rgb.lighter(rgb, 0.62),
                    Rgb.lighter(rgb, 0.42),
                    Rgb.lighter(rgb, 0.60),
                    Rgb.shade(rgb, 0.20)
                });
        };
    }

    /** For flat faces; {@code turn} from -1, towards the light, to 1, away from it. */
    Fill face(double turn) {
        int base = turn < 0 ? Rgb.lighter(rgb, -turn * 0.30) : Rgb.shade(rgb, turn * 0.42);
        double contrast = switch (material) {
            case MATTE, WOOD -> 0.08;
            case GLOSSY, GLASS -> 0.22;
            case METAL -> 0.36;
        };
        return new Fill(
                base, 0.6, 1, new float[] {0, 1}, new int[] {Rgb.lighter(base, contrast), Rgb.shade(base, contrast)});
    }

    Surface with(int other) {
        return new Surface(other, material);
    }

    /** How strong a highlight is, 0 to 1. */
    double shine() {
        return switch (material) {
            case MATTE, WOOD -> 0;
            case METAL -> 0.35;
            case GLASS -> 0.75;
            case GLOSSY -> 0.72;
        };
    }
}
