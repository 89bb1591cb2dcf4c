package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.trace;

import dev.atelier.world.scene.FurnitureKind;

/** Furniture that stands on the origin; lengths are shares of the room's scale. */
record FurniturePainter(Sketch sketch, int rgb) {
    private static final int WOOD = 0x8A5F3C;
    private static final int LEAF = 0x4C9A4F;

    void paint(FurnitureKind kind) {
        switch (kind) {
            case SOFA -> sofa(0.205, 2);
            case ARMCHAIR -> sofa(0.098, 1);
            case BED -> bed();
            case DESK -> desk();
            case DINING_TABLE -> table();
            case BOOKSHELF -> bookshelf();
            case WARDROBE -> wardrobe();
            case FLOOR_LAMP -> lamp();
            case HOUSE_PLANT -> plant();
        }
    }

    private void sofa(double half, int cushions) {
        sketch.shadow(0, -0.012, half * 1.05);
        for (double x : new double[] {-half * 0.85, half * 0.85}) {
            sketch.body(box(x - 0.01, -0.015, 0.02, 0.035, 0), Fill.of(WOOD));
        }
        sketch.body(box(-half, 0.08, half * 2, 0.17, 0.04), Fill.lit(Rgb.shade(rgb, 0.10)));
        double wide = (half * 2 - 0.09) / cushions;
        for (int i = 0; i < cushions; i++) {
            sketch.body(
                    box(-half + 0.045 + wide * i, 0.10, wide - 0.006, 0.125, 0.025), Fill.lit(Rgb.lighter(rgb, 0.08)));
        }
        sketch.body(box(-half + 0.02, 0.015, half * 2 - 0.04, 0.09, 0.02), Fill.lit(rgb));
        sketch.body(box(-half - 0.022, 0.012, 0.065, 0.15, 0.03), Fill.lit(Rgb.shade(rgb, 0.06)));
        sketch.body(box(half - 0.043, 0.012, 0.065, 0.15, 0.03), Fill.lit(Rgb.shade(rgb, 0.06)));
    }

    private void bed() {
        Sketch narrow = sketch.from(0, 0, 0.87);
        narrow.shadow(0, -0.03, 0.27);
        narrow.body(box(-0.235, 0, 0.47, 0.27, 0.035), Fill.lit(WOOD));
        narrow.body(box(-0.225, -0.03, 0.45, 0.17, 0.02), Fill.of(0xF6F3EC));
        narrow.body(box(-0.19, 0.115, 0.16, 0.075, 0.03), Fill.lit(0xFFFFFF));
        narrow.body(box(0.03, 0.115, 0.16, 0.075, 0.03), Fill.lit(0xFFFFFF));
        narrow.body(
                blob(-0.24, -0.03, -0.235, 0.10, -0.12, 0.125, 0.12, 0.125, 0.235, 0.10, 0.24, -0.03, 0, -0.045),
                Fill.lit(rgb));
        narrow.shading(box(-0.232, 0.085, 0.464, 0.032, 0.01), Rgb.lighter(rgb, 0.5), 0.8);
    }

    private void desk() {
        sketch.shadow(0, -0.01, 0.22);
        sketch.body(box(-0.20, -0.01, 0.025, 0.17, 0), Fill.of(Rgb.shade(rgb, 0.25)));
        sketch.body(box(0.06, -0.01, 0.14, 0.17, 0.006), Fill.lit(rgb));
        for (int i = 0; i < 3; i++) {
            sketch.detail(box(0.075, 0.005 + 0.05 * i, 0.11, 0.036, 0.005), Rgb.lighter(rgb, 0.25));
        }
        sketch.body(box(-0.23, 0.155, 0.46, 0.024, 0.006), Fill.lit(rgb));
        sketch.body(box(-0.135, 0.21, 0.17, 0.105, 0.008), Fill.of(0x2E3138));
        sketch.detail(box(-0.126, 0.219, 0.152, 0.087, 0.003), 0xA9D3EE);
        sketch.body(box(-0.058, 0.178, 0.016, 0.035, 0), Fill.of(0x4A4E57));
        sketch.body(box(0.10, 0.18, 0.055, 0.065, 0.01), Fill.of(0xF1EDE4));
    }

    private void table() {
        sketch.shadow(0, -0.01, 0.25);
        for (int side : new int[] {-1, 1}) {
            sketch.body(box(side * 0.255 - 0.035, 0.085, 0.07, 0.15, 0.02), Fill.lit(WOOD));
            sketch.line(trace(side * 0.285, 0.10, side * 0.29, -0.005), WOOD, 0.014);
            sketch.line(trace(side * 0.225, 0.10, side * 0.22, -0.005), WOOD, 0.014);
        }
        sketch.body(polygon(-0.15, 0.13, -0.125, 0.13, -0.13, -0.015, -0.145, -0.015), Fill.of(Rgb.shade(rgb, 0.3)));
        sketch.body(polygon(0.15, 0.13, 0.125, 0.13, 0.13, -0.015, 0.145, -0.015), Fill.of(Rgb.shade(rgb, 0.3)));
        sketch.body(box(-0.205, 0.125, 0.41, 0.03, 0.012), Fill.lit(rgb));
        sketch.body(ellipse(0, 0.172, 0.055, 0.022), Fill.of(0xF4EFE4));
        sketch.body(circle(-0.02, 0.188, 0.018), Fill.of(0xD8453F));
        sketch.body(circle(0.016, 0.188, 0.018), Fill.of(0xF2B63C));
    }

    private void bookshelf() {
        Sketch narrow = sketch.from(0, 0, 0.95);
        narrow.shadow(0, -0.005, 0.12);
        narrow.body(box(-0.11, 0, 0.22, 0.42, 0.006), Fill.lit(rgb));
        int[] spines = {0xC9503F, 0xE9C15A, 0x4E86B8, 0x6FA56B, 0xEDE5D6, 0x8C6BA8};
        for (int shelf = 0; shelf < 4; shelf++) {
            double low = 0.018 + 0.099 * shelf;
            narrow.detail(box(-0.096, low, 0.192, 0.083, 0), Rgb.shade(rgb, 0.5));
            for (int i = 0; i < 7; i++) {
                int book = (i * 5 + shelf * 3) % spines.length;
                double tall = 0.050 + 0.006 * ((i * 7 + shelf * 2) % 4);
                if ((i + shelf) % 5 != 4) {
                    narrow.mark(box(-0.092 + 0.0262 * i, low, 0.023, tall, 0), spines[book]);
                }
            }
        }
    }

    private void wardrobe() {
        Sketch narrow = sketch.from(0, 0, 0.88);
        narrow.shadow(0, -0.005, 0.14);
        narrow.body(box(-0.125, 0, 0.25, 0.43, 0.008), Fill.lit(rgb));
        narrow.detail(box(-0.112, 0.03, 0.106, 0.38, 0.004), Rgb.lighter(rgb, 0.16));
        narrow.detail(box(0.006, 0.03, 0.106, 0.38, 0.004), Rgb.lighter(rgb, 0.16));
        narrow.mark(circle(-0.02, 0.21, 0.007), 0xE8D7A0);
        narrow.mark(circle(0.02, 0.21, 0.007), 0xE8D7A0);
    }

    private void lamp() {
        sketch.shadow(0, -0.005, 0.06);
        sketch.body(ellipse(0, 0, 0.052, 0.012), Fill.of(0x4A4640));
        sketch.line(trace(0, 0, 0, 0.32), 0x4A4640, 0.011);
        sketch.body(polygon(-0.10, 0.29, -0.062, 0.42, 0.062, 0.42, 0.10, 0.29), Fill.lit(rgb));
        sketch.shading(polygon(-0.10, 0.29, -0.093, 0.315, 0.093, 0.315, 0.10, 0.29), 0xFFF3C4, 0.7);
    }

    private void plant() {
        sketch.shadow(0, -0.005, 0.08);
        for (int i = -3; i <= 3; i++) {
            Sketch leaf = sketch.turned(-i * 0.27, 0, 0.10);
            leaf.body(
                    blob(0, 0.10, 0.032, 0.21, 0, 0.35 - 0.012 * Math.abs(i), -0.032, 0.21),
                    Fill.vertical(LEAF, 0x74C168, 0x2E7340));
        }
        sketch.body(polygon(-0.078, 0.12, -0.055, 0, 0.055, 0, 0.078, 0.12), Fill.lit(rgb));
        sketch.body(box(-0.086, 0.10, 0.172, 0.032, 0.005), Fill.lit(rgb));
    }
}
