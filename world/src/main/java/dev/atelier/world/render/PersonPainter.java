package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.blob;
import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.stroke;

import dev.atelier.world.scene.Garment;
import dev.atelier.world.scene.HairStyle;
import dev.atelier.world.scene.Headwear;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.PersonKind;
import dev.atelier.world.scene.Pose;
import java.util.function.IntUnaryOperator;

/**
 * A person, front view, feet on the origin, one high without headwear. The head is large, so that hair and expression
 * can be read in a small picture.
 *
 * @param light turns a colour into what it is in the light of the place
 */
record PersonPainter(Sketch sketch, Person person, IntUnaryOperator light) {
    private static final int[] SKINS = {0xF9D7BC, 0xE8B48C, 0xB97C53, 0x7C4E34};
    private static final int[] HAIRS = {0x2A2630, 0x6B4328, 0xEFC65C, 0xC9502E, 0xE6E6EA, 0x3F74D6, 0xF08FB8};
    private static final double FACE = 0.76;
    /** Height of a child beside a grown person. */
    private static final double CHILD = 0.82;

    void paint() {
        if (person.kind() == PersonKind.ROBOT) {
            new RobotPainter(sketch, person, light).paint();
            return;
        }
        if (!grown()) {
            new PersonPainter(sketch.from(0, 0, CHILD), person, light).draw();
        } else {
            draw();
        }
    }

    private void draw() {
        hairBehind();
        legs();
        arm(-1);
        arm(1);
        torso();
        head();
        hairBefore();
        beard();
        new FacePainter(sketch, person.expression()).paint(0, FACE - 0.02, 0.19);
        headwear();
    }

    private int skin() {
        return light.applyAsInt(SKINS[person.look().skin()]);
    }

    private int hair() {
        return light.applyAsInt(HAIRS[person.look().hairColour().ordinal()]);
    }

    private int cloth() {
        return light.applyAsInt(person.colour().rgb());
    }

    private int accent() {
        return light.applyAsInt(person.look().accent().rgb());
    }

    private boolean grown() {
        return person.kind() == PersonKind.WOMAN || person.kind() == PersonKind.MAN;
    }

    private double shoulder() {
        return grown() ? 0.145 : 0.125;
    }

    private void legs() {
        Garment garment = person.look().garment();
        boolean bare = garment == Garment.DRESS;
        int leg = bare ? skin() : garment == Garment.SUIT ? Rgb.shade(cloth(), 0.12) : light.applyAsInt(0x3E4A6B);
        int shoe = light.applyAsInt(0x4A3328);
        for (int side : new int[] {-1, 1}) {
            double x = side * 0.062;
            sketch.body(box(x - 0.042, 0.03, 0.084, 0.26, 0.02), Fill.round(leg));
            sketch.body(
                    blob(x - 0.05, 0.005, x - 0.05, 0.055, x + 0.05, 0.055, x + 0.05 + side * 0.015, 0.005),
                    Fill.of(shoe));
        }
    }

    private void torso() {
        double wide = shoulder();
        Fill fill = Fill.lit(cloth());
        switch (person.look().garment()) {
            case DRESS -> {
                sketch.body(
                        new Outline()
                                .to(-wide, 0.56)
                                .curve(-wide * 0.9, 0.44, -wide * 0.72, 0.40)
                                .curve(-wide * 1.4, 0.24, -wide * 1.75, 0.17)
                                .curve(0, 0.12, wide * 1.75, 0.17)
                                .curve(wide * 1.4, 0.24, wide * 0.72, 0.40)
                                .curve(wide * 0.9, 0.44, wide, 0.56)
                                .closed(),
                        fill);
                sketch.shading(box(-wide * 0.76, 0.385, wide * 1.52, 0.028, 0.01), Rgb.shade(cloth(), 0.4), 0.8);
            }
            case COAT -> {
                sketch.body(polygon(-wide * 1.05, 0.57, -wide * 1.3, 0.17, wide * 1.3, 0.17, wide * 1.05, 0.57), fill);
                sketch.shading(box(-0.006, 0.17, 0.012, 0.39, 0), Rgb.shade(cloth(), 0.6), 0.8);
                for (int i = 0; i < 3; i++) {
                    sketch.mark(circle(0.035, 0.46 - 0.09 * i, 0.012), 0xF2E6C8);
                }
                sketch.shading(polygon(-0.09, 0.58, 0, 0.45, 0.09, 0.58), Rgb.shade(cloth(), 0.3), 0.9);
            }
            case HOODIE -> {
                sketch.body(
                        blob(
                                -wide,
                                0.55,
                                -wide * 1.15,
                                0.40,
                                -wide * 1.05,
                                0.25,
                                wide * 1.05,
                                0.25,
                                wide * 1.15,
                                0.40,
                                wide,
                                0.55),
                        fill);
                sketch.shading(
                        polygon(-0.07, 0.27, -0.05, 0.36, 0.05, 0.36, 0.07, 0.27), Rgb.shade(cloth(), 0.35), 0.8);
                sketch.body(blob(-0.11, 0.57, 0, 0.50, 0.11, 0.57, 0, 0.61), Fill.of(Rgb.shade(cloth(), 0.2)));
            }
            case SUIT -> {
                sketch.body(polygon(-wide * 1.1, 0.57, -wide * 0.9, 0.26, wide * 0.9, 0.26, wide * 1.1, 0.57), fill);
                sketch.mark(polygon(-0.05, 0.58, 0, 0.40, 0.05, 0.58), 0xFAFAF6);
                sketch.mark(polygon(-0.016, 0.56, -0.02, 0.46, 0, 0.41, 0.02, 0.46, 0.016, 0.56), 0xB8323A);
            }
            case SHIRT -> {
                sketch.body(polygon(-wide, 0.57, -wide * 0.92, 0.26, wide * 0.92, 0.26, wide, 0.57), fill);
                sketch.shading(ellipse(0, 0.57, 0.06, 0.022), Rgb.shade(cloth(), 0.35), 0.9);
            }
        }
    }

    private void arm(int side) {
        double x = side * shoulder() * 0.98;
        double y = 0.535;
        boolean raised = person.pose() == Pose.ARMS_UP || person.pose() == Pose.WAVING && side > 0;
        boolean hips = person.pose() == Pose.HANDS_ON_HIPS;
        double elbowX = x + side * (raised ? 0.11 : hips ? 0.12 : 0.045);
        double elbowY = raised ? y + 0.03 : y - 0.13;
        double handX = raised ? x + side * 0.15 : hips ? x + side * 0.01 : x + side * 0.06;
        double handY = raised ? y + 0.21 : hips ? 0.34 : 0.29;
        boolean shortSleeve =
                person.look().garment() == Garment.SHIRT || person.look().garment() == Garment.DRESS;
        int sleeve = Rgb.shade(cloth(), 0.10);
        if (shortSleeve) {
            sketch.limb(stroke(x, y, elbowX, elbowY, handX, handY), skin(), 0.062);
            sketch.limb(stroke(x, y, (x + elbowX) / 2, (y + elbowY) / 2), sleeve, 0.082);
        } else {
            sketch.limb(stroke(x, y, elbowX, elbowY, handX, handY), sleeve, 0.078);
        }
        sketch.body(circle(handX, handY, 0.038), Fill.of(skin()));
    }

    private void head() {
        sketch.body(box(-0.045, 0.53, 0.09, 0.09, 0.02), Fill.of(Rgb.shade(skin(), 0.14)));
        sketch.body(circle(-0.19, FACE - 0.03, 0.035), Fill.of(skin()));
        sketch.body(circle(0.19, FACE - 0.03, 0.035), Fill.of(skin()));
        sketch.body(
                blob(0, 0.575, 0.135, 0.63, 0.19, FACE, 0.15, 0.91, 0, 0.965, -0.15, 0.91, -0.19, FACE, -0.135, 0.63),
                Fill.lit(skin()));
    }

    private void beard() {
        if (person.kind() == PersonKind.MAN) {
            sketch.body(
                    blob(
                            0, 0.565, 0.13, 0.61, 0.185, 0.72, 0.125, 0.695, 0.06, 0.715, 0, 0.70, -0.06, 0.715, -0.125,
                            0.695, -0.185, 0.72, -0.13, 0.61),
                    Fill.of(Rgb.shade(hair(), 0.12)));
        } else if (person.kind() == PersonKind.WOMAN) {
            sketch.mark(circle(-0.20, FACE - 0.085, 0.018), 0xF2C14E);
            sketch.mark(circle(0.20, FACE - 0.085, 0.018), 0xF2C14E);
        }
    }

    private void hairBehind() {
        Fill fill = Fill.of(Rgb.shade(hair(), 0.20));
        switch (person.look().hair()) {
            case LONG ->
                sketch.body(
                        blob(
                                0, 1.0, 0.21, 0.92, 0.235, 0.70, 0.25, 0.44, 0.12, 0.40, 0, 0.44, -0.12, 0.40, -0.25,
                                0.44, -0.235, 0.70, -0.21, 0.92),
                        fill);
            case CURLY -> {
                for (int i = 0; i < 11; i++) {
                    double angle = Math.PI * (-0.22 + 1.44 * i / 10);
                    sketch.body(circle(Math.cos(angle) * 0.205, FACE + 0.035 + Math.sin(angle) * 0.19, 0.085), fill);
                }
            }
            case BUN -> sketch.body(circle(0, 1.02, 0.085), Fill.lit(hair()));
            case PIGTAILS -> {
                sketch.body(blob(0.18, 0.80, 0.32, 0.74, 0.33, 0.50, 0.25, 0.44, 0.22, 0.60), fill);
                sketch.body(blob(-0.18, 0.80, -0.32, 0.74, -0.33, 0.50, -0.25, 0.44, -0.22, 0.60), fill);
            }
            case SHORT -> sketch.body(circle(0, FACE + 0.03, 0.212), fill);
        }
    }

    private void hairBefore() {
        Fill fill = Fill.vertical(hair(), Rgb.lighter(hair(), 0.14), Rgb.shade(hair(), 0.12));
        if (person.look().hair() == HairStyle.CURLY) {
            for (int i = 0; i < 5; i++) {
                double x = -0.14 + 0.07 * i;
                sketch.body(circle(x, 0.925 - Math.abs(x) * 0.35, 0.066), fill);
            }
            return;
        }
        boolean parted = person.kind() == PersonKind.WOMAN || person.kind() == PersonKind.GIRL;
        Outline fringe = new Outline()
                .to(-0.205, FACE + 0.0)
                .curve(-0.235, 1.01, 0, 1.01)
                .curve(0.235, 1.01, 0.205, FACE + 0.0);
        if (parted) {
            fringe.curve(0.18, 0.865, 0.06, 0.915).curve(-0.12, 0.90, -0.205, FACE);
        } else {
            fringe.to(0.165, 0.855)
                    .to(0.10, 0.885)
                    .to(0.05, 0.85)
                    .to(-0.02, 0.89)
                    .to(-0.09, 0.85)
                    .to(-0.165, 0.86);
        }
        sketch.body(fringe.closed(), fill);
    }

    private void headwear() {
        Fill fill = Fill.lit(accent());
        Headwear headwear = person.look().headwear();
        switch (headwear) {
            case NONE -> {}
            case HAT -> {
                sketch.body(blob(-0.17, 0.92, -0.15, 1.10, 0, 1.14, 0.15, 1.10, 0.17, 0.92), fill);
                sketch.body(ellipse(0, 0.915, 0.31, 0.052), fill);
                sketch.shading(box(-0.165, 0.945, 0.33, 0.04, 0.01), Rgb.shade(accent(), 0.55), 0.85);
            }
            case CAP -> {
                sketch.body(
                        new Outline()
                                .to(-0.205, 0.88)
                                .curve(-0.20, 1.09, 0, 1.09)
                                .curve(0.20, 1.09, 0.205, 0.88)
                                .closed(),
                        fill);
                sketch.body(
                        blob(-0.17, 0.885, 0, 0.925, 0.17, 0.885, 0.19, 0.845, 0, 0.87, -0.19, 0.845),
                        Fill.of(Rgb.shade(accent(), 0.25)));
            }
            case BEANIE -> {
                sketch.body(
                        new Outline()
                                .to(-0.205, 0.90)
                                .curve(-0.20, 1.13, 0, 1.13)
                                .curve(0.20, 1.13, 0.205, 0.90)
                                .closed(),
                        fill);
                sketch.body(box(-0.215, 0.86, 0.43, 0.075, 0.035), Fill.of(Rgb.shade(accent(), 0.22)));
                sketch.body(circle(0, 1.13, 0.052), Fill.of(Rgb.lighter(accent(), 0.45)));
            }
            case CROWN ->
                sketch.body(
                        polygon(-0.16, 0.93, -0.18, 1.10, -0.08, 1.02, 0, 1.13, 0.08, 1.02, 0.18, 1.10, 0.16, 0.93),
                        fill);
            case BOW -> {
                sketch.body(blob(0.10, 0.99, 0, 1.06, -0.03, 0.95), fill);
                sketch.body(blob(0.10, 0.99, 0.20, 1.05, 0.22, 0.93), fill);
                sketch.body(circle(0.10, 0.985, 0.03), Fill.of(Rgb.shade(accent(), 0.25)));
            }
        }
    }
}
