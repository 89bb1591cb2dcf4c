package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.stroke;
import static dev.atelier.world.render.Sketch.trace;

import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Pose;
import java.util.function.IntUnaryOperator;

/** A robot with a screen for a face. */
record RobotPainter(Sketch sketch, Person person, IntUnaryOperator light) {
    void paint() {
        int body = light.applyAsInt(person.colour().rgb());
        int joint = light.applyAsInt(0x6C7480);
        for (int side : new int[] {-1, 1}) {
            sketch.body(box(side * 0.085 - 0.04, 0.04, 0.08, 0.20, 0.02), Fill.round(joint));
            sketch.body(box(side * 0.09 - 0.065, 0, 0.13, 0.07, 0.03), Fill.lit(body));
            arm(side, joint, body);
        }
        sketch.body(box(-0.18, 0.21, 0.36, 0.34, 0.06), Fill.lit(body));
        sketch.detail(box(-0.10, 0.33, 0.20, 0.13, 0.02), 0xE9EEF2);
        sketch.mark(circle(-0.045, 0.395, 0.022), 0xE0524A);
        sketch.mark(circle(0.045, 0.395, 0.022), 0x4AB06A);
        sketch.body(box(-0.05, 0.53, 0.10, 0.06, 0), Fill.of(joint));
        sketch.line(trace(0, 0.93, 0, 1.0), joint, 0.02);
        sketch.body(circle(0, 1.01, 0.03), Fill.of(0xF2B63C));
        sketch.body(box(-0.23, 0.58, 0.46, 0.36, 0.08), Fill.lit(body));
        sketch.detail(box(-0.185, 0.62, 0.37, 0.27, 0.05), 0xF1F6F8);
        new FacePainter(sketch, person.expression()).paint(0, 0.77, 0.17);
    }

    private void arm(int side, int joint, int body) {
        double x = side * 0.18;
        boolean raised = person.pose() == Pose.ARMS_UP || person.pose() == Pose.WAVING && side > 0;
        boolean hips = person.pose() == Pose.HANDS_ON_HIPS;
        double handX = x + side * (raised ? 0.15 : hips ? 0.03 : 0.09);
        double handY = raised ? 0.72 : hips ? 0.30 : 0.27;
        double elbowX = x + side * (raised ? 0.12 : hips ? 0.14 : 0.08);
        double elbowY = raised ? 0.54 : 0.40;
        sketch.limb(stroke(x, 0.50, elbowX, elbowY, handX, handY), joint, 0.06);
        sketch.body(circle(handX, handY, 0.045), Fill.lit(body));
    }
}
