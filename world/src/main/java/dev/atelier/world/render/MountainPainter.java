package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Style;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Mountain ranges, one behind the other, paler with distance, lit from one side and capped with snow. */
final class MountainPainter {
    private static final int STEPS = 14;
    private static final int[] ROCKS = {0x5F7299, 0x77689A, 0x5E8492, 0x8C7A78, 0x6C7F6E};

    private final Site site;
    private final List<Peak> far;
    private final List<Peak> near;
    private final int rock;

    /** @param base the y of the feet; {@code height} of the highest peak above it */
    private record Peak(double x, double base, double height, double left, double right, long seed) {
        double top() {
            return base - height;
        }

        /** Lower bound of the flank at {@code at}: how far up the peak reaches there. */
        double topAt(double at) {
            double reach = at < x ? left : right;
            double share = 1 - Math.abs(at - x) / reach;
            return base - height * Math.max(0, share);
        }
    }

    MountainPainter(Site site) {
        this.site = site;
        Dice dice = site.dice("mountains");
        this.rock = dice.pick(ROCKS[0], ROCKS[1], ROCKS[2], ROCKS[3], ROCKS[4]);
        this.far = range(dice, 0.44, 0.70, 0.34);
        this.near = range(dice, 0.66, 1.0, 0.46);
    }

    private List<Peak> range(Dice dice, double lowest, double highest, double spacing) {
        List<Peak> peaks = new ArrayList<>();
        double step = site.unit() * spacing;
        double from = -step * dice.between(0.1, 0.5);
        for (double x = from; x < site.width() + step * 0.6; x += step * dice.between(0.75, 1.2)) {
            double height = site.relief() * dice.between(lowest, highest);
            double half = height * dice.between(1.0, 1.35);
            peaks.add(new Peak(
                    x,
                    site.horizon() + site.unit() * 0.01,
                    height,
                    half,
                    half * dice.between(0.8, 1.15),
                    dice.nextLong()));
        }
        peaks.sort(Comparator.comparingDouble(Peak::height).reversed());
        return peaks;
    }

    /** The y above which the sky is free at {@code x}. */
    double skyline(double x) {
        double top = site.horizon();
        for (Peak peak : far) {
            top = Math.min(top, peak.topAt(x));
        }
        for (Peak peak : near) {
            top = Math.min(top, peak.topAt(x));
        }
        return top;
    }

    void paint() {
        ridge(0.30, 0.80);
        far.forEach(peak -> paint(peak, 0.52));
        near.forEach(peak -> paint(peak, 0.16));
    }

    private void ridge(double share, double distance) {
        Noise noise = site.noise("far ridge");
        int steps = 64;
        double[] heights = new double[steps];
        for (int i = 0; i < steps; i++) {
            double x = site.width() * i / (steps - 1) / site.unit();
            heights[i] = site.horizon() - site.relief() * share * (1.1 + 0.8 * noise.fractal(x * 4, 0, 3));
        }
        int colour = site.light().on(rock, distance);
        site.canvas()
                .body(
                        Outline.under(heights, site.width(), site.horizon() + 2),
                        Fill.vertical(colour, colour, site.light().haze()));
    }

    private void paint(Peak peak, double distance) {
        Light light = site.light();
        Canvas canvas = site.canvas();
        Dice dice = Dice.of(peak.seed(), "peak");
        double[] leftX = new double[STEPS + 1];
        double[] rightX = new double[STEPS + 1];
        double[] y = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double t = i / (double) STEPS;
            double rough = i == 0 || i == STEPS ? 0 : peak.height() * 0.035;
            y[i] = peak.top() + peak.height() * t;
            leftX[i] = peak.x() - peak.left() * Math.pow(t, 0.92) + dice.between(-rough, rough);
            rightX[i] = peak.x() + peak.right() * Math.pow(t, 0.92) + dice.between(-rough, rough);
        }
        Path2D shape = between(leftX, rightX, y, STEPS);
        int lit = light.on(rock, distance);
        int dark = Rgb.mix(Rgb.shade(light.on(rock, distance * 0.8), 0.34), light.haze(), distance * 0.7);
        int foot = Rgb.mix(lit, light.haze(), 0.55);
        canvas.body(shape, Fill.vertical(lit, lit, foot));

        double[] spine = new double[STEPS + 1];
        for (int i = 0; i <= STEPS; i++) {
            double t = i / (double) STEPS;
            double swing = peak.height() * 0.11 * t * (i % 2 == 0 ? 1 : -0.55) * dice.between(0.5, 1.2);
            spine[i] = peak.x() + swing + site.lightSign() * peak.height() * 0.16 * t;
        }
        boolean fromLeft = site.lightSign() < 0;
        Path2D shadow = fromLeft ? between(spine, rightX, y, STEPS) : between(leftX, spine, y, STEPS);
        if (canvas.style() == Style.NEON) {
            canvas.line(line(spine, y, STEPS), rock, 0.003);
        } else {
            canvas.paint(
                    shadow,
                    Fill.vertical(
                            canvas.ground(dark), canvas.ground(dark), canvas.ground(Rgb.mix(dark, light.haze(), 0.6))));
        }
        snow(peak, dice, shape, shadow, distance);
    }

    private void snow(Peak peak, Dice dice, Path2D shape, Path2D shadow, double distance) {
        double depth = peak.height() * (site.snowy() ? dice.between(0.58, 0.72) : dice.between(0.30, 0.42));
        double edge = peak.top() + depth;
        Outline band = new Outline().to(peak.x() - peak.left() * 2, peak.top() - 10);
        band.to(peak.x() - peak.left() * 2, edge);
        int teeth = 9;
        double wide = depth / peak.height() * 1.15;
        for (int i = 0; i <= teeth; i++) {
            double along = i / (double) teeth;
            double x = peak.x() - peak.left() * wide + (peak.left() + peak.right()) * wide * along;
            double tooth = depth * 0.20 * (i % 2 == 0 ? 1 : -1) * dice.between(0.5, 1.3);
            band.to(x, edge + tooth);
        }
        band.to(peak.x() + peak.right() * 2, edge).to(peak.x() + peak.right() * 2, peak.top() - 10);
        Area cap = new Area(band.closed());
        cap.intersect(new Area(shape));
        Light light = site.light();
        int white = light.on(0xFFFFFF, distance * 0.75);
        int blue = Rgb.mix(light.on(0xAFC3E4, distance * 0.75), light.haze(), distance * 0.2);
        Canvas canvas = site.canvas();
        canvas.detail(cap, white);
        cap.intersect(new Area(shadow));
        canvas.shading(cap, blue, 1);
    }

    private static Path2D between(double[] left, double[] right, double[] y, int steps) {
        Outline outline = new Outline();
        for (int i = steps; i >= 0; i--) {
            outline.to(left[i], y[i]);
        }
        for (int i = 0; i <= steps; i++) {
            outline.to(right[i], y[i]);
        }
        return outline.closed();
    }

    private static Path2D line(double[] x, double[] y, int steps) {
        Outline outline = new Outline();
        for (int i = 0; i <= steps; i++) {
            outline.to(x[i], y[i]);
        }
        return outline.open();
    }
}
