package dev.atelier.world.render;

import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;

/**
 * The colour of a surface before its style: one colour that stands for it and, for styles with shading, how it runs
 * across the surface.
 *
 * @param base the colour that flat styles use
 * @param dx run of the gradient as a share of the surface's width
 * @param dy run of the gradient as a share of the surface's height
 * @param at positions from 0 to 1, rising
 * @param colours one a position
 */
record Fill(int base, double dx, double dy, float[] at, int[] colours) {

    static Fill of(int rgb) {
        return new Fill(rgb, 0, 1, new float[] {0, 1}, new int[] {rgb, rgb});
    }

    static Fill vertical(int base, int top, int bottom) {
        return new Fill(base, 0, 1, new float[] {0, 1}, new int[] {top, bottom});
    }

    /** Lighter towards the top left, darker towards the bottom right. */
    static Fill lit(int base) {
        return new Fill(base, 0.7, 1, new float[] {0, 1}, new int[] {Rgb.lighter(base, 0.18), Rgb.shade(base, 0.22)});
    }

    /** As a standing cylinder lit from the upper left. */
    static Fill round(int base) {
        return new Fill(base, 1, 0, new float[] {0, 0.3f, 0.7f, 1}, new int[] {
            Rgb.shade(base, 0.12), Rgb.lighter(base, 0.22), base, Rgb.shade(base, 0.34)
        });
    }

    Paint paint(Rectangle2D box) {
        if (colours.length == 2 && colours[0] == colours[1]) {
            return new Color(colours[0]);
        }
        double x = box.getX();
        double y = box.getY();
        double endX = x + Math.max(dx * box.getWidth(), dx > 0 ? 1e-3 : 0);
        double endY = y + Math.max(dy * box.getHeight(), dy > 0 ? 1e-3 : 0);
        Color[] stops = new Color[colours.length];
        for (int i = 0; i < stops.length; i++) {
            stops[i] = new Color(colours[i]);
        }
        return new LinearGradientPaint((float) x, (float) y, (float) endX, (float) endY, at, stops);
    }
}
