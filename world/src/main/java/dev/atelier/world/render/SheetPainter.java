package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.circle;
import static dev.atelier.world.render.Sketch.ellipse;
import static dev.atelier.world.render.Sketch.polygon;
import static dev.atelier.world.render.Sketch.trace;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Subject;
import java.awt.geom.Path2D;
import java.util.Arrays;

/**
 * Posters, signs and labels with a word in large letters and, on posters, a thing below it.
 *
 * @param tilt of the board or the tag, in radians counter-clockwise
 * @param printing what is printed where the word belongs
 */
record SheetPainter(Canvas canvas, Scene scene, Sheet sheet, double tilt, Printing printing) {
    /** Prints letters about a point, no wider and no taller than that; in units of the sketch. */
    @FunctionalInterface
    interface Printing {
        void print(Sketch sketch, double x, double y, double widest, double tallest);
    }

    /** The sheet with its own word. */
    static SheetPainter of(Canvas canvas, Scene scene, Sheet sheet) {
        return new SheetPainter(
                canvas,
                scene,
                sheet,
                0,
                (sketch, x, y, widest, tallest) -> sketch.lettering(
                        Lettering.fit(sheet.letters(), sheet.typeface(), x, y, widest, tallest),
                        sheet.ink().rgb()));
    }

    void paint() {
        double side = Math.min(canvas.width(), canvas.height());
        Sketch upright = new Sketch(canvas, canvas.width() / 2.0, canvas.height() / 2.0 + side * 0.5, side);
        Sketch sketch = tilt == 0 ? upright : upright.turned(tilt, 0, 0.5);
        switch (sheet.medium()) {
            case POSTER -> poster(sketch);
            case SIGN -> sign(sketch);
            case LABEL -> label(sketch);
        }
    }

    private int ground() {
        return sheet.ground().rgb();
    }

    private int ink() {
        return sheet.ink().rgb();
    }

    private void fill(int rgb) {
        fill(canvas, rgb);
    }

    /** A plain wall or paper over the whole canvas. */
    static void fill(Canvas canvas, int rgb) {
        double depth = canvas.style().shades() ? 0.16 : 0;
        for (int y = 0; y < canvas.height(); y++) {
            int shade = Rgb.shade(Rgb.lighter(rgb, depth * 0.5), depth * y / canvas.height());
            Arrays.fill(canvas.pixels(), y * canvas.width(), (y + 1) * canvas.width(), canvas.ground(shade));
        }
    }

    private void poster(Sketch sketch) {
        fill(ground());
        Dice dice = Dice.of(scene.seed(), "ornament");
        int tone = Rgb.luma(ground()) > 128 ? Rgb.shade(ground(), 0.14) : Rgb.lighter(ground(), 0.14);
        switch (dice.below(4)) {
            case 0 -> sketch.shading(circle(0, 0.36, 0.33), tone, 1);
            case 1 -> {
                for (int i = 0; i < 12; i++) {
                    Sketch ray = sketch.turned(Math.PI * i / 6, 0, 0.36);
                    ray.shading(polygon(0, 0.36, -0.13, 1.5, 0.13, 1.5), tone, 1);
                }
            }
            case 2 -> {
                for (int i = 0; i < 4; i++) {
                    double y = 0.24 - 0.08 * i;
                    sketch.shading(
                            new Outline()
                                    .to(-2, -1)
                                    .to(-2, y)
                                    .curve(-1, y + 0.12, 0, y)
                                    .curve(1, y - 0.12, 2, y)
                                    .to(2, -1)
                                    .closed(),
                            Rgb.mix(ground(), tone, 0.4 + 0.2 * i),
                            1);
                }
            }
            default -> sketch.shading(polygon(-2, 0.46, 2, 0.46, 2, -1, -2, -1), tone, 1);
        }
        boolean alone = scene.subjects().isEmpty();
        printing.print(sketch, 0, alone ? 0.56 : 0.76, 0.80, alone ? 0.34 : 0.25);
        if (alone) {
            sketch.mark(box(-0.16, 0.30, 0.32, 0.016, 0.008), ink());
            sketch.mark(box(-0.09, 0.255, 0.18, 0.014, 0.007), ink());
        }
        for (Subject subject : scene.subjects()) {
            FigurePlacer.stand(
                    sketch.from(0, 0.10, 0.44 / FigurePlacer.reach(subject)),
                    subject,
                    rgb -> rgb,
                    Dice.of(scene.seed(), "drawing"));
        }
    }

    private void sign(Sketch sketch) {
        int wall = 0xD8CFC4;
        fill(wall);
        int mortar = canvas.ground(Rgb.shade(wall, 0.14));
        double brick = Math.min(canvas.width(), canvas.height()) * 0.085;
        for (int row = 0; row * brick < canvas.height() + brick; row++) {
            double y = row * brick;
            canvas.stroke(Sketch.trace(0, y, canvas.width(), y), mortar, 0.003, 0.8);
            for (double x = row % 2 * brick; x < canvas.width() + brick; x += brick * 2) {
                canvas.stroke(Sketch.trace(x, y, x, y + brick), mortar, 0.003, 0.8);
            }
        }
        sketch.line(trace(-0.30, 0.90, 0.30, 0.90), 0x3A3633, 0.026);
        sketch.line(trace(-0.24, 0.90, -0.24, 0.70), 0x3A3633, 0.016);
        sketch.line(trace(0.24, 0.90, 0.24, 0.70), 0x3A3633, 0.016);
        sketch.shading(box(-0.40, 0.24, 0.84, 0.46, 0.05), 0x2A2420, 0.22);
        sketch.body(box(-0.42, 0.27, 0.84, 0.46, 0.05), Fill.of(Rgb.shade(ground(), 0.35)));
        sketch.body(box(-0.395, 0.295, 0.79, 0.41, 0.035), Fill.lit(ground()));
        printing.print(sketch, 0, 0.50, 0.68, 0.27);
    }

    private void label(Sketch sketch) {
        int back = Rgb.mix(0xE9DFD0, 0xCFE0E8, Dice.of(scene.seed(), "back").unit());
        fill(back);
        sketch.shading(
                polygon(-0.325, 0.12, -0.325, 0.66, -0.155, 0.84, 0.185, 0.84, 0.355, 0.66, 0.355, 0.12),
                0x2A2420,
                0.20);
        Path2D tag = polygon(-0.34, 0.14, -0.34, 0.68, -0.17, 0.86, 0.17, 0.86, 0.34, 0.68, 0.34, 0.14);
        sketch.body(tag, Fill.lit(ground()));
        sketch.line(new Outline().to(0, 0.775).curve(-0.14, 1.0, 0.10, 1.12).open(), 0x8A6A48, 0.014);
        sketch.body(circle(0, 0.775, 0.034), Fill.of(back));
        sketch.shading(ellipse(0, 0.20, 0.24, 0.008), ink(), 0.8);
        printing.print(sketch, 0, 0.44, 0.58, 0.26);
    }
}
