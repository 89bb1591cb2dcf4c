package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Weather;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;

/**
 * The sky with its light, stars and clouds.
 *
 * @param skyline the y down to which land leaves the sky free where the light is
 */
record SkyPainter(Site site, double skyline) {
    private static final int BANDS = 5;

    void paint() {
        gradient();
        boolean night = site.landscape().time() == Time.NIGHT;
        if (site.landscape().showsLight()) {
            if (night && site.landscape().weather() == Weather.CLEAR) {
                stars();
            }
            light(night);
        }
        if (site.landscape().weather() != Weather.FOG) {
            clouds(night);
        }
    }

    private int colourAt(double t) {
        Light light = site.light();
        return t < 0.55
                ? Rgb.mix(light.skyTop(), light.skyMiddle(), t / 0.55)
                : Rgb.mix(light.skyMiddle(), light.horizon(), (t - 0.55) / 0.45);
    }

    private void gradient() {
        Canvas canvas = site.canvas();
        boolean banded = canvas.style() == Style.FLAT || canvas.style() == Style.PAPER_CUT;
        double end = site.horizon();
        int[] pixels = canvas.pixels();
        for (int y = 0; y < canvas.height(); y++) {
            double t = Math.min(1, y / end);
            double position = banded ? Math.round(t * (BANDS - 1)) / (double) (BANDS - 1) : t;
            int rgb = canvas.ground(colourAt(position));
            Arrays.fill(pixels, y * canvas.width(), (y + 1) * canvas.width(), rgb);
        }
        if (canvas.style() == Style.PAPER_CUT) {
            rings();
        }
    }

    /** Paper skies are sheets with round holes, one behind the other, about the light. */
    private void rings() {
        Canvas canvas = site.canvas();
        Arrays.fill(canvas.pixels(), colourAt(0.05));
        double widest = Math.max(site.width(), site.horizon()) * 0.95;
        for (int i = 1; i < BANDS; i++) {
            double t = i / (double) (BANDS - 1);
            double radius = widest * (1 - 0.78 * t) + site.unit() * 0.08;
            canvas.body(circle(site.lightX(), site.horizon() * 0.82, radius), Fill.of(colourAt(0.05 + 0.95 * t)));
        }
    }

    private void stars() {
        Dice dice = site.dice("stars");
        Canvas canvas = site.canvas();
        int count = (int) (90 * site.width() * site.horizon() / (site.unit() * site.unit()));
        for (int i = 0; i < Math.min(count, 600); i++) {
            double x = dice.unit() * site.width();
            double y = dice.unit() * dice.unit() * site.horizon();
            double radius = site.unit() * dice.between(0.0012, 0.0034);
            double bright = dice.between(0.45, 1);
            canvas.solid(circle(x, y, radius), 0xFFFFFF, canvas.style() == Style.LINE_ART ? 0.2 : bright);
        }
    }

    private void light(boolean night) {
        Canvas canvas = site.canvas();
        double radius = site.unit() * (night ? 0.048 : 0.056);
        boolean low =
                site.landscape().time() == Time.SUNRISE || site.landscape().time() == Time.SUNSET;
        double x = site.lightX();
        double highest = site.unit() * 0.12;
        double y = low ? skyline - radius * 0.9 : Math.min(skyline - radius * 2.2, Math.max(highest, skyline * 0.38));
        int colour = night ? 0xF6F3E2 : low ? site.light().source() : 0xFFF6CF;
        if (canvas.style() == Style.SOFT || canvas.style() == Style.PAINTERLY || canvas.style() == Style.NEON) {
            Glow.add(
                    canvas,
                    x,
                    y,
                    site.unit() * (low ? 0.62 : 0.42),
                    Rgb.mix(colour, site.light().horizon(), low ? 0.45 : 0.2),
                    low ? 0.62 : 0.42);
            Glow.add(canvas, x, y, radius * 2.4, colour, 0.55);
        }
        if (canvas.style() == Style.NEON) {
            canvas.solid(circle(x, y, radius), colour, 1);
        } else {
            canvas.body(circle(x, y, radius), Fill.of(colour));
        }
        if (night) {
            int dark = Rgb.mix(colour, site.light().skyMiddle(), 0.18);
            canvas.shading(circle(x - radius * 0.3, y - radius * 0.2, radius * 0.24), dark, 0.8);
            canvas.shading(circle(x + radius * 0.35, y + radius * 0.3, radius * 0.18), dark, 0.8);
            canvas.shading(circle(x + radius * 0.25, y - radius * 0.45, radius * 0.13), dark, 0.8);
        }
    }

    private boolean low() {
        return site.landscape().time() == Time.SUNRISE || site.landscape().time() == Time.SUNSET;
    }

    private double radius() {
        return site.unit() * (site.landscape().time() == Time.NIGHT ? 0.048 : 0.056);
    }

    private double lightY() {
        double radius = radius();
        return low()
                ? skyline - radius * 0.9
                : Math.min(skyline - radius * 2.2, Math.max(site.unit() * 0.12, skyline * 0.38));
    }

    /** Whether {@code cloud} would cover the sun or the moon, which captions may name. */
    private boolean hides(Path2D cloud) {
        double radius = radius() * 1.15;
        return site.landscape().showsLight()
                && cloud.intersects(site.lightX() - radius, lightY() - radius, radius * 2, radius * 2);
    }

    private void clouds(boolean night) {
        Weather weather = site.landscape().weather();
        Dice dice = site.dice("clouds");
        int count = switch (weather) {
            case CLEAR, FOG -> 0;
            case CLOUDY -> 5 + dice.below(3);
            case RAIN, SNOWFALL -> 7 + dice.below(3);
        };
        double across = site.width() / site.unit();
        int number = (int) Math.round(count * Math.max(0.7, across));
        int white = weather == Weather.CLOUDY ? 0xFFFFFF : weather == Weather.RAIN ? 0x6C7886 : 0xEDF1F6;
        int lit = Rgb.mix(
                night ? Rgb.mix(white, 0x3A4A78, 0.72) : white, site.light().horizon(), night ? 0.1 : 0.22);
        int under = Rgb.mix(lit, site.light().skyMiddle(), 0.55);
        for (int i = 0; i < number; i++) {
            double x = site.width() * ((i + dice.between(0.1, 0.9)) / number);
            double top = weather == Weather.CLOUDY ? 0.10 : 0.03;
            double y = site.horizon() * dice.between(top, weather == Weather.CLOUDY ? 0.46 : 0.34);
            double size = site.unit() * dice.between(0.07, 0.15) * (weather == Weather.CLOUDY ? 1 : 1.35);
            Path2D cloud = cloud(dice, x, y, size);
            if (!hides(cloud)) {
                site.canvas().body(cloud, Fill.vertical(lit, lit, under));
            }
        }
    }

    /** A heap of puffs on a flat base, {@code size} half as wide as it is. */
    static Path2D cloud(Dice dice, double x, double y, double size) {
        Area cloud = new Area(new Rectangle2D.Double(x - size, y - size * 0.22, size * 2, size * 0.22));
        int puffs = 5;
        for (int i = 0; i < puffs; i++) {
            double along = (i / (puffs - 1.0)) * 2 - 1;
            double radius = size * (0.24 + 0.26 * (1 - along * along)) * dice.between(0.8, 1.15);
            cloud.add(new Area(circle(x + along * size, y - radius * 0.72, radius)));
        }
        cloud.intersect(new Area(new Rectangle2D.Double(x - size * 2, y - size * 2, size * 4, size * 2)));
        return new Path2D.Double(cloud);
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2);
    }
}
