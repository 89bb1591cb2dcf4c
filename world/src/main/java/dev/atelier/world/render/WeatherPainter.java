package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Weather;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** What falls or hangs in the air. */
record WeatherPainter(Site site) {
    /** Fog, behind whatever is near. */
    void hang() {
        if (site.landscape().weather() == Weather.FOG) {
            fog();
        }
    }

    /** Rain or snow, before everything. */
    void fall() {
        if (site.landscape().weather() == Weather.RAIN) {
            rain();
        } else if (site.landscape().weather() == Weather.SNOWFALL) {
            snow();
        }
    }

    private void fog() {
        Canvas canvas = site.canvas();
        Noise noise = site.noise("fog");
        int mist = canvas.ground(Rgb.lighter(site.light().haze(), 0.12));
        int[] pixels = canvas.pixels();
        double unit = site.unit();
        for (int y = 0; y < canvas.height(); y++) {
            double level = (y - site.horizon()) / site.relief();
            double belt = Math.exp(-level * level * 3.2) * 0.72 + 0.10;
            for (int x = 0; x < canvas.width(); x++) {
                double drift = noise.at(x / unit * 2.6, y / unit * 7);
                int at = y * canvas.width() + x;
                pixels[at] = Rgb.mix(pixels[at], mist, Math.clamp(belt * (1 + 0.35 * drift), 0, 0.9));
            }
        }
    }

    private void rain() {
        Canvas canvas = site.canvas();
        Dice dice = site.dice("rain");
        int count = (int) (150 * site.width() * site.height() / (site.unit() * site.unit()));
        int colour = canvas.style() == Style.LINE_ART ? 0x5B6B80 : 0xDDE8F2;
        for (int i = 0; i < Math.min(count, 900); i++) {
            double x = dice.unit() * site.width() * 1.1;
            double y = dice.unit() * site.height();
            double length = site.unit() * dice.between(0.035, 0.07);
            canvas.stroke(
                    new Line2D.Double(x, y, x - length * 0.28, y + length), colour, 0.0028, dice.between(0.3, 0.6));
        }
    }

    private void snow() {
        Canvas canvas = site.canvas();
        Dice dice = site.dice("snow");
        int count = (int) (190 * site.width() * site.height() / (site.unit() * site.unit()));
        int colour = canvas.style() == Style.LINE_ART ? 0x8CA0B8 : 0xFFFFFF;
        for (int i = 0; i < Math.min(count, 1200); i++) {
            double x = dice.unit() * site.width();
            double y = dice.unit() * site.height();
            double near = dice.unit();
            double radius = site.unit() * (0.0028 + 0.0062 * near * near);
            canvas.solid(
                    new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2), colour, 0.6 + 0.35 * near);
        }
    }
}
