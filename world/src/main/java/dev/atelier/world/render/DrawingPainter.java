package dev.atelier.world.render;

import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Footing;
import dev.atelier.world.scene.Noun;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Draws a {@link Drawing} where it stands, floats or hangs: turned a little, in the light of its place, with a shadow where it touches
 * the ground.
 *
 * @param light what the light of the place makes of a colour
 * @param lit -1 when the light comes from the left, 1 from the right
 * @param chance decides how it is turned; the same wherever a scene keeps it
 */
record DrawingPainter(Canvas canvas, Drawing drawing, IntUnaryOperator light, int lit, Dice chance) {
    private static final Set<String> MIRRORED =
            Set.of("animal", "plant", "food", "vehicle", "sport", "toy", "clothing", "sky", "fantasy");
    private static final double WIDEST = 1.25;

    /** Offsets of each of a number of things, in units of one: x, and how far behind. */
    private static final double[][] GROUPS = {
        {0, 0},
        {-0.53, 0, 0.53, 0},
        {0, 0.35, -0.56, 0, 0.56, 0},
        {-0.5, 0.4, 0.5, 0.4, -0.56, 0, 0.56, 0},
        {-0.52, 0.4, 0.52, 0.4, -1.0, 0, 0, 0, 1.0, 0},
        {-1.0, 0.4, 0, 0.4, 1.0, 0.4, -1.04, 0, 0, 0, 1.04, 0}
    };

    private static final double[] SHARES = {1, 0.62, 0.56, 0.52, 0.40, 0.38};

    /** @param x of the middle  @param foot where it touches the ground  @param size height of it all, in pixels */
    void stand(double x, double foot, double size) {
        paint(x, foot, size, true);
    }

    /** As {@link #stand}, but off the ground: without a shadow. */
    void hang(double x, double foot, double size) {
        paint(x, foot, size, false);
    }

    /** Half the width of what is drawn at a size, in pixels. */
    static double half(Drawing drawing, Canvas canvas, double size) {
        Sprite sprite = Sprites.of(drawing.kind(), canvas.style(), canvas.unit());
        double each = size * SHARES[drawing.count() - 1];
        double widest = 0;
        double[] places = GROUPS[drawing.count() - 1];
        for (int i = 0; i < places.length; i += 2) {
            widest = Math.max(widest, Math.abs(places[i]));
        }
        return each * (widest + Math.min(WIDEST, (double) sprite.width() / sprite.height()) / 2);
    }

    private void paint(double x, double foot, double size, boolean grounded) {
        Sprite sprite = Sprites.of(drawing.kind(), canvas.style(), canvas.unit());
        double[] places = GROUPS[drawing.count() - 1];
        double each = size * SHARES[drawing.count() - 1];
        double aspect = (double) sprite.width() / sprite.height();
        double high = aspect > WIDEST ? each * WIDEST / aspect : each;
        double wide = high * aspect;
        boolean mirrored = MIRRORED.contains(drawing.kind().group()) && chance.chance(0.5);
        // Things in a row stand as far apart as they are wide, at most as they are high.
        double step = Math.min(each, Math.max(wide * 1.02, each * 0.45));
        for (int i = 0; i < places.length; i += 2) {
            double tilt = tilt();
            double at = x + places[i] * step;
            double down = foot - places[i + 1] * high * 0.55;
            if (grounded) {
                shadow(sprite, at, down, wide, mirrored);
            }
            draw(sprite, at, down, wide, high, mirrored, tilt);
        }
    }

    private double tilt() {
        Noun noun = drawing.kind();
        double most = noun.footing() == Footing.TABLE || noun.footing() == Footing.SKY
                ? (noun.size() <= 3 ? 8 : 4)
                : noun.size() >= 5 ? 0 : 2.5;
        return Math.toRadians(chance.between(-most, most));
    }

    private void shadow(Sprite sprite, double x, double foot, double wide, boolean mirrored) {
        double left = mirrored ? 1 - sprite.footRight() : sprite.footLeft();
        double right = mirrored ? 1 - sprite.footLeft() : sprite.footRight();
        double half = Math.max(right - left, 0.16) * wide / 2;
        double middle = x + ((left + right) / 2 - 0.5) * wide;
        double away = -lit * half * 0.22;
        for (int i = 0; i < 5; i++) {
            double reach = half * (1.30 - 0.14 * i);
            double flat = Math.max(reach * 0.16, canvas.unit() * 0.006);
            canvas.solid(
                    Sketch.ellipse(middle + away * (1.30 - 0.26 * i), foot - flat * 0.25, reach, flat),
                    0x14141E,
                    0.085);
        }
    }

    private void draw(Sprite sprite, double x, double foot, double wide, double high, boolean mirrored, double tilt) {
        BufferedImage level = sprite.level(high);
        BufferedImage lighted = lighted(level, mirrored);
        AffineTransform place = AffineTransform.getTranslateInstance(x, foot);
        place.rotate(tilt);
        place.translate(mirrored ? wide / 2 : -wide / 2, -high);
        place.scale((mirrored ? -1 : 1) * wide / level.getWidth(), high / level.getHeight());
        canvas.picture(lighted, place);
    }

    /** Dyed where it is, tinted by the light of the place, and darker below and away from the light. */
    private BufferedImage lighted(BufferedImage level, boolean mirrored) {
        int width = level.getWidth();
        int height = level.getHeight();
        BufferedImage out = Sprite.image(width, height);
        int[] from = Sprite.pixels(level);
        int[] to = Sprite.pixels(out);
        Dye dye = drawing.dye() == null ? null : Dye.of(level);
        double depth = canvas.style().shades() ? 1 : 0.35;
        int towards = mirrored ? -lit : lit;
        int seen = -1;
        int lightOfSeen = 0;
        for (int i = 0; i < from.length; i++) {
            int alpha = from[i] & 0xFF000000;
            if (alpha == 0) {
                continue;
            }
            int rgb = from[i] & 0xFFFFFF;
            if (rgb != seen) {
                seen = rgb;
                int dyed = dye == null ? rgb : dye.turned(rgb, drawing.dye());
                lightOfSeen = canvas.ground(light.applyAsInt(dyed));
            }
            double across = (i % width / (double) width - 0.5) * towards;
            double down = i / width / (double) height - 0.5;
            int share = (int) (depth * (0.16 * across - 0.10 * down) * 256);
            to[i] = alpha | scaled(lightOfSeen, share);
        }
        return out;
    }

    /** Lighter by {@code share} of 256 towards white where it is positive, darker where it is negative. */
    private static int scaled(int rgb, int share) {
        int red = Rgb.red(rgb);
        int green = Rgb.green(rgb);
        int blue = Rgb.blue(rgb);
        if (share >= 0) {
            red += (255 - red) * share >> 8;
            green += (255 - green) * share >> 8;
            blue += (255 - blue) * share >> 8;
        } else {
            int left = 256 + 2 * share;
            red = red * left >> 8;
            green = green * left >> 8;
            blue = blue * (left + (256 - left) / 3) >> 8;
        }
        return red << 16 | green << 8 | blue;
    }
}
