package dev.atelier.world.render;

import static dev.atelier.world.render.Sketch.box;
import static dev.atelier.world.render.Sketch.ellipse;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import dev.atelier.world.scene.Thing;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/** Things on a stage before a coloured backdrop with a soft light. */
record StudioPainter(Canvas canvas, Scene scene, Studio studio) {
    private static final double FLOOR = 0.70;
    private static final double FOOT = 0.80;
    /** Heights of drawings by their size, as shares of a thing's. */
    private static final double[] SIZES = {0.80, 0.96, 1.10, 1.20, 1.26, 1.30};

    void paint() {
        backdrop();
        for (Subject subject : scene.subjects()) {
            stage(subject);
        }
        for (Subject subject : scene.subjects()) {
            stand(subject);
        }
    }

    private double unit() {
        return canvas.unit();
    }

    private double x(Side side) {
        double share = slots() == 3 ? 0.315 : 0.245;
        double reach = Math.min(canvas.width() * share, unit() * share);
        return canvas.width() / 2.0
                + switch (side) {
                    case LEFT -> -reach;
                    case CENTRE -> 0;
                    case RIGHT -> reach;
                };
    }

    /** How many places the stage has, by where its subjects are, so that removing one leaves the others as they are. */
    private int slots() {
        boolean middle = scene.subjects().stream().anyMatch(subject -> subject.side() == Side.CENTRE);
        boolean sides = scene.subjects().stream().anyMatch(subject -> subject.side() != Side.CENTRE);
        return middle ? (sides ? 3 : 1) : 2;
    }

    private double size() {
        int count = slots();
        double wanted = count == 1 ? 0.48 : count == 2 ? 0.35 : 0.25;
        return Math.min(unit() * wanted, canvas.width() * (count == 1 ? 0.62 : count == 2 ? 0.36 : 0.255));
    }

    private void backdrop() {
        int base = studio.backdrop().rgb();
        int wall = Rgb.mix(base, Rgb.WHITE, 0.16);
        int dark = Rgb.shade(base, 0.22);
        int floor = studio.stage() == Stage.TABLE ? 0xB07F50 : Rgb.mix(base, Rgb.WHITE, 0.06);
        int[] pixels = canvas.pixels();
        double edge = canvas.height() * FLOOR;
        for (int y = 0; y < canvas.height(); y++) {
            double t = y / edge;
            int rgb = t < 1
                    ? Rgb.mix(dark, wall, Math.min(1, t))
                    : Rgb.mix(Rgb.shade(floor, 0.10), floor, (y - edge) / (canvas.height() - edge));
            if (canvas.style() == Style.FLAT || canvas.style() == Style.PAPER_CUT) {
                rgb = t < 1 ? base : Rgb.shade(floor, 0.14);
            }
            Arrays.fill(pixels, y * canvas.width(), (y + 1) * canvas.width(), canvas.ground(rgb));
        }
        if (canvas.style() == Style.SOFT || canvas.style() == Style.PAINTERLY) {
            Glow.add(
                    canvas,
                    canvas.width() * 0.42,
                    canvas.height() * 0.36,
                    unit() * 0.62,
                    Rgb.lighter(base, 0.4),
                    Rgb.luma(base) < 60 ? 0.22 : 0.5);
        }
        if (studio.stage() == Stage.TABLE) {
            canvas.body(
                    new Rectangle2D.Double(-4, edge, canvas.width() + 8.0, canvas.height() - edge + 8),
                    Fill.vertical(floor, Rgb.lighter(floor, 0.14), Rgb.shade(floor, 0.25)));
        }
    }

    private double foot() {
        return canvas.height() * FOOT;
    }

    private void stage(Subject subject) {
        double size = size();
        Sketch sketch = new Sketch(canvas, x(subject.side()), foot(), size);
        int stone = Rgb.luma(studio.backdrop().rgb()) > 200
                ? 0xD5D0C6
                : Rgb.lighter(studio.backdrop().rgb(), 0.42);
        switch (studio.stage()) {
            case PODIUM -> {
                Area drum = new Area(box(-0.58, -0.24, 1.16, 0.24, 0));
                drum.add(new Area(ellipse(0, -0.24, 0.58, 0.10)));
                sketch.shadow(0.04, -0.27, 0.66);
                sketch.body(drum, Fill.round(stone));
                sketch.body(ellipse(0, 0, 0.58, 0.10), Fill.lit(Rgb.lighter(stone, 0.22)));
            }
            case BLOCKS -> {
                sketch.shadow(0.04, -0.25, 0.62);
                sketch.body(box(-0.56, -0.24, 1.12, 0.24, 0.01), Fill.lit(Rgb.shade(stone, 0.12)));
                sketch.body(
                        Sketch.polygon(-0.56, 0, -0.46, 0.075, 0.46, 0.075, 0.56, 0), Fill.of(Rgb.lighter(stone, 0.2)));
            }
            case TABLE, FLOOR -> {}
        }
    }

    private void stand(Subject subject) {
        double lift = studio.stage() == Stage.BLOCKS ? size() * 0.03 : 0;
        Dice dice = Dice.of(scene.seed(), "drawing " + subject.side());
        if (subject instanceof Drawing drawing) {
            double wanted = size() * SIZES[drawing.kind().size() - 1];
            double widest = canvas.width() * (slots() == 1 ? 0.45 : slots() == 2 ? 0.24 : 0.16);
            double high = wanted * Math.min(1, widest / DrawingPainter.half(drawing, canvas, wanted));
            DrawingPainter painter = new DrawingPainter(canvas, drawing, rgb -> rgb, -1, dice);
            if (drawing.kind().footing() == Footing.SKY && !studio.stage().carriesEach()) {
                painter.hang(x(subject.side()), foot() - unit() * 0.16, high);
            } else {
                painter.stand(x(subject.side()), foot() - lift, high);
            }
            return;
        }
        double size = subject instanceof Thing ? size() : size() * 1.34 / FigurePlacer.reach(subject);
        FigurePlacer.stand(new Sketch(canvas, x(subject.side()), foot() - lift, size), subject, rgb -> rgb, dice);
    }
}
