package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.Water;
import java.awt.geom.Ellipse2D;
import java.util.function.IntUnaryOperator;

/** Drawings in a landscape: in its light, on its ground behind its grass, on its water, in its sky. */
record DrawnLandscape(Site site) {
    /** Heights by a kind's size, as shares of the unit. */
    private static final double[] ON_LAND = {0.22, 0.29, 0.38, 0.46, 0.53, 0.60};

    private static final double[] IN_SKY = {0.12, 0.17, 0.22, 0.27, 0.31, 0.34};
    private static final double[] ON_WATER = {0.15, 0.19, 0.24, 0.29, 0.35, 0.42};
    /** What is away from the middle is a little smaller, alone or not, so that nothing depends on its neighbours. */
    private static final double ASIDE = 0.82;

    /** Whether it is drawn behind the near ground: in the sky or on the water. */
    boolean apart(Drawing drawing) {
        return drawing.kind().footing() == Footing.SKY || drawing.kind().footing() == Footing.WATER && water();
    }

    private boolean water() {
        return site.landscape().terrain() == Terrain.COAST || site.landscape().water() == Water.LAKE;
    }

    /** In the sky or on the water. */
    void place(Drawing drawing) {
        if (drawing.kind().footing() == Footing.SKY) {
            sky(drawing);
        } else {
            afloat(drawing);
        }
    }

    private void sky(Drawing drawing) {
        double size = size(drawing, IN_SKY);
        Dice dice = dice(drawing);
        double lowest = Math.max(size * 1.1, site.horizon() * 0.62);
        double foot = Math.max(size * 1.1, lowest - site.unit() * dice.between(0, 0.10));
        painter(drawing, hazed(0.06), dice).hang(site.x(drawing.side()), foot, size);
    }

    private void afloat(Drawing drawing) {
        double size = size(drawing, ON_WATER);
        Dice dice = dice(drawing);
        double x = site.x(drawing.side());
        double near = Math.min(site.bank(), site.height());
        double foot = site.horizon() + (near - site.horizon()) * dice.between(0.5, 0.8);
        int water = beneath(x, foot);
        painter(drawing, hazed(0.04), dice).hang(x, foot + size * 0.05, size);
        double half = DrawingPainter.half(drawing, site.canvas(), size);
        double deep = size * 0.11;
        site.canvas().solid(new Ellipse2D.Double(x - half * 1.15, foot - deep * 0.35, half * 2.3, deep), water, 0.85);
        for (int i = 0; i < 3; i++) {
            double reach = half * (0.75 + 0.28 * i);
            double y = foot + deep * (-0.1 + 0.3 * i);
            site.canvas()
                    .line(
                            Sketch.stroke(
                                    x - reach, y, x - reach * 0.4, y + deep * 0.1, x + reach * 0.3, y, x + reach, y),
                            Rgb.lighter(water, 0.35),
                            0.004);
        }
    }

    /** On the near ground, its foot behind some of what grows there. */
    void stand(Drawing drawing) {
        double size = Math.min(size(drawing, ON_LAND), site.height() * 0.72);
        Dice dice = dice(drawing);
        double back = 0.012 * Math.max(0, drawing.kind().size() - 3);
        double foot = Math.min(site.height() * (0.935 - back), site.height() - site.unit() * 0.03);
        double x = site.x(drawing.side());
        int ground = beneath(x, foot + site.unit() * 0.012);
        painter(drawing, site.light()::onSubject, dice).stand(x, foot, size);
        foreground(x, foot, DrawingPainter.half(drawing, site.canvas(), size), ground, dice);
    }

    private double size(Drawing drawing, double[] shares) {
        double share = shares[drawing.kind().size() - 1] * (drawing.side() == Side.CENTRE ? 1 : ASIDE);
        double size = Math.min(site.unit(), site.width() * 0.9) * share * (drawing.count() > 1 ? 1.15 : 1);
        double widest = site.width() * (drawing.side() == Side.CENTRE ? 0.45 : 0.24);
        return size * Math.min(1, widest / DrawingPainter.half(drawing, site.canvas(), size));
    }

    private Dice dice(Drawing drawing) {
        return site.dice("drawing " + drawing.side());
    }

    private DrawingPainter painter(Drawing drawing, IntUnaryOperator light, Dice dice) {
        return new DrawingPainter(site.canvas(), drawing, light, site.lightSign(), dice);
    }

    private IntUnaryOperator hazed(double share) {
        return rgb -> Rgb.mix(site.light().onSubject(rgb), site.light().haze(), share);
    }

    private int beneath(double x, double y) {
        Canvas canvas = site.canvas();
        int column = Math.clamp(Math.round(x), 0, canvas.width() - 1);
        int row = Math.clamp(Math.round(y), 0, canvas.height() - 1);
        return canvas.pixels()[row * canvas.width() + column] & 0xFFFFFF;
    }

    private void foreground(double x, double foot, double half, int ground, Dice dice) {
        boolean grassy = switch (site.landscape().terrain()) {
            case MOUNTAINS, HILLS, FOREST, CITY -> !site.snowy();
            case DESERT, COAST, CLOUDSCAPE -> false;
        };
        double unit = site.unit();
        if (!grassy) {
            for (int i = 0; i < 3; i++) {
                double wide = half * dice.between(0.35, 0.7);
                double at = x + half * dice.between(-0.8, 0.8);
                site.canvas()
                        .solid(
                                Sketch.ellipse(at, foot + unit * 0.008, wide, unit * dice.between(0.008, 0.014)),
                                ground,
                                0.9);
            }
            return;
        }
        int count = 7 + (int) (half / unit * 30);
        for (int i = 0; i < count; i++) {
            double at = x + half * dice.between(-1.15, 1.15);
            double tall = unit * dice.between(0.016, 0.038);
            double lean = unit * dice.between(-0.012, 0.012);
            double wide = unit * 0.005;
            double low = foot + unit * dice.between(0.004, 0.020);
            int blade = dice.chance(0.5)
                    ? Rgb.lighter(ground, dice.between(0, 0.18))
                    : Rgb.shade(ground, dice.between(0, 0.22));
            site.canvas()
                    .solid(
                            new Outline()
                                    .to(at - wide, low)
                                    .curve(at - wide * 0.5, low - tall * 0.6, at + lean, low - tall)
                                    .curve(at + wide * 0.9, low - tall * 0.5, at + wide, low)
                                    .closed(),
                            blade,
                            1);
        }
    }
}
