package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.stroke;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.AnimalKind;
import dev.atelier.world.scene.Wearable;
import java.awt.Shape;
import java.util.function.IntUnaryOperator;

/** A sitting animal, front view, feet on the origin, about one high. */
record AnimalPainter(Sketch sketch, Animal animal, IntUnaryOperator light) {
    private static final double HEAD = 0.66;
    private static final double RADIUS = 0.25;
    private static final int NOSE = 0x2E2730;

    void paint() {
        tail();
        body();
        backOfHead();
        sketch.body(headShape(), Fill.lit(head()));
        markings();
        muzzle();
        face();
        nose();
        wearable();
    }

    private void face() {
        FacePainter face = new FacePainter(sketch, animal.expression());
        if (animal.kind() == AnimalKind.FROG) {
            face.paint(0, 0.815, 0.35);
        } else {
            face.paint(0, HEAD + 0.03, RADIUS * 0.92);
        }
    }

    private int fur() {
        return light.applyAsInt(animal.colour().rgb());
    }

    private int pale() {
        return light.applyAsInt(0xF7F2EA);
    }

    private boolean twoTone() {
        return animal.kind() == AnimalKind.PANDA || animal.kind() == AnimalKind.PENGUIN;
    }

    private int head() {
        return animal.kind() == AnimalKind.PANDA ? pale() : fur();
    }

    private Shape headShape() {
        return switch (animal.kind()) {
            case FROG -> ellipse(0, HEAD - 0.03, RADIUS * 1.22, RADIUS * 0.88);
            case FOX ->
                blob(0, 0.40, 0.24, 0.56, 0.29, 0.70, 0.18, 0.88, 0, 0.91, -0.18, 0.88, -0.29, 0.70, -0.24, 0.56);
            case OWL -> ellipse(0, HEAD, RADIUS * 1.1, RADIUS);
            default -> ellipse(0, HEAD, RADIUS * 1.12, RADIUS);
        };
    }

    private void tail() {
        switch (animal.kind()) {
            case CAT, LION -> sketch.limb(stroke(0.14, 0.08, 0.34, 0.08, 0.40, 0.26, 0.33, 0.38), fur(), 0.06);
            case FOX -> {
                sketch.body(blob(0.10, 0.05, 0.34, 0.02, 0.50, 0.22, 0.44, 0.46, 0.32, 0.30), Fill.lit(fur()));
                sketch.body(blob(0.40, 0.30, 0.485, 0.28, 0.44, 0.46), Fill.of(pale()));
            }
            case DOG -> sketch.limb(stroke(0.16, 0.10, 0.32, 0.18, 0.38, 0.32), fur(), 0.065);
            case MOUSE -> sketch.limb(stroke(0.14, 0.04, 0.36, 0.02, 0.46, 0.14, 0.42, 0.26), 0xE8A0A8, 0.03);
            default -> {}
        }
    }

    private void body() {
        int lower = animal.kind() == AnimalKind.PANDA ? pale() : fur();
        if (animal.kind() == AnimalKind.PENGUIN || animal.kind() == AnimalKind.OWL) {
            sketch.body(blob(-0.22, 0.46, -0.36, 0.20, -0.30, 0.14, -0.18, 0.30), Fill.of(Rgb.shade(fur(), 0.15)));
            sketch.body(blob(0.22, 0.46, 0.36, 0.20, 0.30, 0.14, 0.18, 0.30), Fill.of(Rgb.shade(fur(), 0.15)));
        }
        sketch.body(
                blob(0, 0.54, 0.20, 0.42, 0.26, 0.16, 0.16, 0.01, -0.16, 0.01, -0.26, 0.16, -0.20, 0.42),
                Fill.lit(lower));
        int belly = twoTone() ? pale() : Rgb.mix(fur(), pale(), 0.55);
        sketch.shading(ellipse(0, 0.20, 0.145, 0.185), belly, 0.95);
        int paw = animal.kind() == AnimalKind.PENGUIN || animal.kind() == AnimalKind.OWL
                ? light.applyAsInt(0xF2A03A)
                : animal.kind() == AnimalKind.PANDA ? fur() : Rgb.shade(fur(), 0.10);
        sketch.body(ellipse(-0.13, 0.03, 0.095, 0.048), Fill.of(paw));
        sketch.body(ellipse(0.13, 0.03, 0.095, 0.048), Fill.of(paw));
        if (animal.kind() != AnimalKind.PENGUIN && animal.kind() != AnimalKind.OWL) {
            sketch.body(ellipse(-0.17, 0.27, 0.062, 0.125), Fill.of(paw));
            sketch.body(ellipse(0.17, 0.27, 0.062, 0.125), Fill.of(paw));
        }
    }

    private void backOfHead() {
        int inner = light.applyAsInt(0xF2B6B6);
        for (int side : new int[] {-1, 1}) {
            Sketch half = side < 0 ? sketch.mirrored() : sketch;
            switch (animal.kind()) {
                case CAT -> {
                    half.body(polygon(0.07, 0.86, 0.23, 1.02, 0.27, 0.74), Fill.lit(fur()));
                    half.shading(polygon(0.13, 0.86, 0.215, 0.95, 0.235, 0.79), inner, 0.9);
                }
                case FOX -> {
                    half.body(polygon(0.07, 0.86, 0.24, 1.04, 0.28, 0.72), Fill.lit(fur()));
                    half.shading(polygon(0.15, 0.88, 0.225, 0.98, 0.245, 0.80), NOSE, 0.85);
                }
                case RABBIT -> {
                    half.body(blob(0.05, 0.84, 0.06, 1.12, 0.15, 1.22, 0.20, 1.08, 0.17, 0.82), Fill.lit(fur()));
                    half.shading(blob(0.09, 0.88, 0.10, 1.08, 0.14, 1.14, 0.16, 1.04, 0.14, 0.87), inner, 0.9);
                }
                case BEAR, PANDA -> half.body(circle(0.20, 0.86, 0.085), Fill.lit(fur()));
                case MOUSE -> {
                    half.body(circle(0.23, 0.86, 0.135), Fill.lit(fur()));
                    half.shading(circle(0.23, 0.86, 0.085), inner, 0.9);
                }
                case PIG -> half.body(polygon(0.09, 0.86, 0.25, 0.95, 0.25, 0.76), Fill.lit(Rgb.shade(fur(), 0.10)));
                case FROG -> half.body(circle(0.15, 0.82, 0.105), Fill.lit(fur()));
                case OWL -> half.body(polygon(0.09, 0.86, 0.25, 0.99, 0.25, 0.74), Fill.lit(Rgb.shade(fur(), 0.12)));
                case DOG, PENGUIN, LION -> {}
            }
        }
        if (animal.kind() == AnimalKind.LION) {
            int mane = light.applyAsInt(0x9A5A2A);
            for (int i = 0; i < 14; i++) {
                double angle = 2 * Math.PI * i / 14;
                sketch.body(circle(Math.cos(angle) * 0.28, HEAD + Math.sin(angle) * 0.26, 0.10), Fill.of(mane));
            }
            sketch.body(ellipse(0, HEAD, 0.30, 0.28), Fill.of(mane));
        }
    }

    private void markings() {
        switch (animal.kind()) {
            case DOG -> {
                Fill ear = Fill.vertical(Rgb.shade(fur(), 0.30), Rgb.shade(fur(), 0.22), Rgb.shade(fur(), 0.42));
                sketch.body(blob(0.19, 0.86, 0.33, 0.80, 0.35, 0.58, 0.26, 0.52, 0.21, 0.66), ear);
                sketch.body(blob(-0.19, 0.86, -0.33, 0.80, -0.35, 0.58, -0.26, 0.52, -0.21, 0.66), ear);
            }
            case FOX -> {
                sketch.shading(blob(0, 0.41, 0.20, 0.54, 0.27, 0.66, 0.12, 0.62, 0.0, 0.56), pale(), 1);
                sketch.shading(blob(0, 0.41, -0.20, 0.54, -0.27, 0.66, -0.12, 0.62, 0.0, 0.56), pale(), 1);
            }
            case PANDA -> {
                sketch.detail(ellipse(-0.105, HEAD + 0.03, 0.075, 0.085), fur());
                sketch.detail(ellipse(0.105, HEAD + 0.03, 0.075, 0.085), fur());
                sketch.mark(ellipse(-0.10, HEAD + 0.03, 0.044, 0.05), 0xFFFFFF);
                sketch.mark(ellipse(0.10, HEAD + 0.03, 0.044, 0.05), 0xFFFFFF);
            }
            case PENGUIN -> {
                sketch.detail(ellipse(-0.10, HEAD - 0.01, 0.125, 0.145), pale());
                sketch.detail(ellipse(0.10, HEAD - 0.01, 0.125, 0.145), pale());
            }
            case OWL -> {
                int ring = Rgb.mix(fur(), pale(), 0.7);
                sketch.detail(circle(-0.105, HEAD + 0.02, 0.115), ring);
                sketch.detail(circle(0.105, HEAD + 0.02, 0.115), ring);
            }
            default -> {}
        }
    }

    private void muzzle() {
        switch (animal.kind()) {
            case BEAR, DOG, LION, CAT, RABBIT, MOUSE ->
                sketch.shading(ellipse(0, HEAD - 0.085, 0.125, 0.10), Rgb.mix(fur(), pale(), 0.68), 0.95);
            default -> {}
        }
    }

    private void nose() {
        double y = HEAD - 0.035;
        switch (animal.kind()) {
            case PENGUIN, OWL ->
                sketch.body(polygon(-0.045, y + 0.025, 0.045, y + 0.025, 0, y - 0.055), Fill.of(0xF29A2E));
            case PIG -> {
                sketch.body(ellipse(0, y - 0.01, 0.085, 0.058), Fill.of(Rgb.shade(fur(), 0.18)));
                sketch.mark(ellipse(-0.03, y - 0.01, 0.014, 0.022), NOSE);
                sketch.mark(ellipse(0.03, y - 0.01, 0.014, 0.022), NOSE);
            }
            case FROG -> {}
            case RABBIT, CAT, MOUSE -> sketch.mark(ellipse(0, y, 0.024, 0.018), 0xD8707E);
            case DOG, FOX, BEAR, PANDA, LION -> sketch.mark(ellipse(0, y, 0.038, 0.026), NOSE);
        }
    }

    private void wearable() {
        int accent = light.applyAsInt(animal.accent().rgb());
        if (animal.wears() == Wearable.SCARF) {
            sketch.body(box(0.06, 0.20, 0.085, 0.22, 0.03), Fill.lit(Rgb.shade(accent, 0.15)));
            sketch.body(box(-0.21, 0.385, 0.42, 0.085, 0.04), Fill.lit(accent));
        } else if (animal.wears() == Wearable.BOW_TIE) {
            sketch.body(polygon(0, 0.42, -0.12, 0.475, -0.12, 0.365), Fill.lit(accent));
            sketch.body(polygon(0, 0.42, 0.12, 0.475, 0.12, 0.365), Fill.lit(accent));
            sketch.body(circle(0, 0.42, 0.03), Fill.of(Rgb.shade(accent, 0.25)));
        } else if (animal.wears() == Wearable.PARTY_HAT) {
            sketch.body(polygon(-0.11, 0.875, 0.11, 0.875, 0, 1.15), Fill.lit(accent));
            sketch.body(circle(0, 1.155, 0.032), Fill.of(0xFFF3C4));
        }
    }
}
