package dev.atelier.world.render;

import dev.atelier.world.scene.Animal;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Person;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import java.awt.geom.Point2D;
import java.util.function.IntUnaryOperator;

/** Draws any subject that can be carried from place to place, with its shadow. */
final class FigurePlacer {
    private FigurePlacer() {}

    /**
     * @param chance decides how a drawing is turned
     * @throws IllegalArgumentException for a subject that is part of its place
     */
    static void stand(Sketch sketch, Subject subject, IntUnaryOperator light, Dice chance) {
        switch (subject) {
            case Person person -> {
                sketch.shadow(0, 0.005, 0.20);
                new PersonPainter(sketch, person, light).paint();
            }
            case Animal animal -> {
                sketch.shadow(0, 0.008, 0.30);
                new AnimalPainter(sketch, animal, light).paint();
            }
            case Thing thing -> {
                sketch.shadow(0.03, 0.005, ThingPainter.half(thing));
                ThingPainter.paint(
                        sketch, thing, light.applyAsInt(thing.colour().rgb()));
            }
            case Drawing drawing -> {
                Point2D foot = sketch.foot();
                new DrawingPainter(sketch.canvas(), drawing, light, -1, chance)
                        .stand(foot.getX(), foot.getY(), sketch.size());
            }
            default -> throw new IllegalArgumentException("subject: " + subject + " cannot be moved from its place");
        }
    }

    /** How high a subject is, including what it wears, in units of its sketch. */
    static double reach(Subject subject) {
        return switch (subject) {
            case Person _ -> 1.16;
            case Animal _ -> 1.22;
            default -> 1.0;
        };
    }
}
