package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;

import dev.atelier.engine.image.Warp;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Thing;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Draws what carries letters, and the letters on it. */
final class InscriptionPainter {
    /** Share of the height of a thing that a mug has. */
    private static final double MUG = 0.78;
    /** Of the mug, in its own units. */
    private static final double RADIUS = 0.42;

    private static final double STEP = 0.02;

    private final Canvas canvas;
    private final Inscription inscription;
    private final Scene scene;
    private final Dice dice;
    private Shape printed; // in pixels; set when the letters are drawn

    InscriptionPainter(Canvas canvas, Inscription inscription) {
        this.canvas = canvas;
        this.inscription = inscription;
        scene = inscription.scene();
        dice = Dice.of(scene.seed(), "letters");
    }

    /** @return the letters as they were drawn, in pixels with y downwards */
    Shape paint() {
        switch (inscription.carrier()) {
            case POSTER, SIGN, LABEL -> sheet((Sheet) scene.setting());
            case MUG -> mug((Studio) scene.setting());
            case SHOP_FRONT -> shopFront((Studio) scene.setting());
            case SCREEN -> screen((Studio) scene.setting());
            case TITLE -> title();
        }
        return printed;
    }

    private int ink() {
        return inscription.ink().rgb();
    }

    private int ground() {
        return inscription.ground().rgb();
    }

    /** The letters about a point with y up, somewhat smaller than their box. */
    private Shape letters(double x, double y, double widest, double tallest) {
        double share = dice.between(0.72, 1);
        return Lettering.fit(inscription.letters(), inscription.typeface(), x, y, widest * share, tallest * share);
    }

    private void print(Sketch sketch, Shape letters) {
        sketch.lettering(letters, ink());
        printed = sketch.pixels(letters);
    }

    private double slant(double most) {
        return dice.between(-most, most);
    }

    private void sheet(Sheet sheet) {
        new SheetPainter(
                        canvas,
                        scene,
                        sheet,
                        slant(0.12),
                        (sketch, x, y, widest, tallest) -> print(sketch, letters(x, y, widest, tallest)))
                .paint();
    }

    /** Nearer than a thing on a stage is, so that its letters are as large as those of other carriers. */
    private void mug(Studio studio) {
        new StudioPainter(canvas, scene.withSubjects(List.of()), studio).paint();
        Thing thing = (Thing) scene.subjects().getFirst();
        Sketch stand = new Sketch(canvas, canvas.width() / 2.0, canvas.height() * 0.87, canvas.unit() * 0.9);
        stand.shadow(0.03, 0.005, ThingPainter.half(thing));
        ThingPainter.paint(stand, thing, ground());
        Sketch mug = stand.from(0, 0, MUG);
        Shape flat = letters(0, dice.between(0.42, 0.52), 2 * RADIUS * 1.05, 0.5);
        print(mug, Warp.cylinder(RADIUS).apply(flat, STEP));
    }

    /** A facade seen a little from one side: the sign above, an awning, a window and a door. */
    private void shopFront(Studio studio) {
        int wall = studio.backdrop().rgb();
        SheetPainter.fill(canvas, Rgb.mix(wall, 0xCFE0EE, 0.7));
        double side = Math.min(canvas.width(), canvas.height());
        Sketch sketch = new Sketch(canvas, canvas.width() / 2.0, canvas.height() / 2.0 + side * 0.5, side);
        sketch.body(box(-2, -1, 4, 1.12, 0), Fill.of(0x9A948C));
        double turn = slant(0.06);
        Warp view = Warp.perspective(
                new Rectangle2D.Double(-0.46, 0.08, 0.92, 0.86),
                -0.46,
                0.08 + Math.max(0, turn),
                0.46,
                0.08 + Math.max(0, -turn),
                0.46,
                0.94 - Math.max(0, -turn),
                -0.46,
                0.94 - Math.max(0, turn));
        front(sketch, view, box(-0.46, 0.08, 0.92, 0.86, 0), Rgb.lighter(wall, 0.25));
        front(sketch, view, box(-0.40, 0.14, 0.50, 0.36, 0), Rgb.mix(0x9CC4DE, 0xFFF1C8, dice.unit() * 0.7));
        front(sketch, view, box(0.16, 0.08, 0.21, 0.42, 0), Rgb.shade(ground(), 0.30));
        sketch.detail(view.apply(box(0.19, 0.24, 0.15, 0.22, 0), STEP), 0xB7D3E2);
        int stripes = 8;
        for (int i = 0; i < stripes; i++) {
            double left = -0.42 + 0.84 * i / stripes;
            double right = left + 0.84 / stripes;
            front(
                    sketch,
                    view,
                    polygon(left, 0.63, right, 0.63, right, 0.51, left, 0.51),
                    i % 2 == 0 ? ground() : 0xF6F2EA);
        }
        front(sketch, view, box(-0.42, 0.66, 0.84, 0.23, 0.015), Rgb.shade(ground(), 0.35));
        front(sketch, view, box(-0.405, 0.675, 0.81, 0.20, 0.01), ground());
        print(sketch, view.apply(letters(0, 0.775, 0.74, 0.165), STEP));
    }

    private static void front(Sketch sketch, Warp view, Shape shape, int rgb) {
        sketch.body(view.apply(shape, STEP), Fill.of(rgb));
    }

    /** A laptop or a monitor, turned a little. */
    private void screen(Studio studio) {
        new StudioPainter(canvas, scene, studio).paint();
        Sketch sketch = new Sketch(canvas, canvas.width() / 2.0, canvas.height() * 0.82, canvas.unit() * 0.64);
        double turn = slant(0.09);
        Warp view = Warp.perspective(
                new Rectangle2D.Double(-0.62, 0.10, 1.24, 0.84),
                -0.62,
                0.10 + Math.max(0, turn) * 0.3,
                0.62,
                0.10 + Math.max(0, -turn) * 0.3,
                0.62,
                0.94 - Math.max(0, -turn),
                -0.62,
                0.94 - Math.max(0, turn));
        int metal = 0x8C929B;
        sketch.shadow(0.03, 0.005, 0.66);
        if (dice.chance(0.5)) {
            Path2D base = polygon(-0.62, 0.10, 0.62, 0.10, 0.74, 0.015, -0.74, 0.015);
            sketch.body(base, Fill.vertical(metal, Rgb.lighter(metal, 0.3), metal));
            sketch.body(box(-0.74, -0.015, 1.48, 0.03, 0.01), Fill.of(Rgb.shade(metal, 0.3)));
        } else {
            sketch.body(box(-0.06, 0.02, 0.12, 0.14, 0), Fill.of(Rgb.shade(metal, 0.2)));
            sketch.body(ellipse(0, 0.02, 0.28, 0.035), Fill.of(metal));
        }
        front(sketch, view, box(-0.62, 0.10, 1.24, 0.84, 0.04), 0x2A2C31);
        sketch.detail(view.apply(box(-0.57, 0.15, 1.14, 0.74, 0.01), STEP), ground());
        print(sketch, view.apply(letters(0, 0.52 + slant(0.08), 1.0, 0.46), STEP));
    }

    private void title() {
        SceneRenderer.paint(canvas, scene);
        double side = Math.min(canvas.width(), canvas.height());
        Sketch sketch = new Sketch(canvas, canvas.width() / 2.0, canvas.height(), side);
        double top = canvas.height() / side;
        double y = top * dice.between(0.78, 0.86);
        Shape letters = letters(0, y, 0.88 * canvas.width() / side, 0.20);
        Sketch turned = sketch.turned(slant(0.05), 0, y);
        canvas.stroke(turned.pixels(letters), ground(), 0.014, 0.9);
        print(turned, letters);
    }
}
