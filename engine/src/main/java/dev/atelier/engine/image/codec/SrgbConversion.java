package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Picture;
import java.awt.image.Raster;
import java.util.Arrays;

/** Decoded samples of any depth and colour to 8-bit sRGB on white, a few rows at a time so that little is held twice. */
final class SrgbConversion {
    private static final int STRIP_PIXELS = 1 << 16;

    private final DecodedPicture decoded;
    private final Raster raster;
    private final int count;
    /** The largest value of a sample once depths are made equal: 255, or 65,535 where any channel has more than 8 bits. */
    private final int max;

    private final IccTransform profile;
    private final byte[] tone;

    private SrgbConversion(DecodedPicture decoded) {
        this.decoded = decoded;
        raster = decoded.raster();
        count = decoded.channels().count();
        max = Arrays.stream(raster.getSampleModel().getSampleSize()).max().orElseThrow() > 8 ? 65_535 : 255;
        profile = IccTransform.of(decoded.profile(), decoded.channels().plain(), max);
        tone = tone(decoded.gamma(), max);
    }

    static Picture convert(DecodedPicture decoded) {
        return new SrgbConversion(decoded).convert();
    }

    private Picture convert() {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        int rows = Math.clamp(STRIP_PIXELS / width, 1, height);
        for (int y = 0; y < height; y += rows) {
            convertStrip(y, Math.min(rows, height - y), rgb);
        }
        return new Picture(width, height, rgb);
    }

    private void convertStrip(int y, int rows, byte[] out) {
        int width = raster.getWidth();
        int pixels = width * rows;
        int[] colours = new int[pixels * count];
        int[] band = new int[pixels];
        for (int c = 0; c < count; c++) {
            readBand(c, y, rows, band);
            for (int i = 0; i < pixels; i++) {
                colours[i * count + c] = band[i];
            }
        }
        decoded.channels().normalise(colours, max);
        int[] rgb = profile.toRgb(colours, width, rows);
        int at = y * width * 3;
        if (!decoded.hasAlpha()) {
            for (int i = 0; i < rgb.length; i++) {
                out[at + i] = tone[rgb[i]];
            }
            return;
        }
        readBand(count, y, rows, band);
        for (int i = 0; i < pixels; i++) {
            int alpha = (band[i] * 255 + max / 2) / max;
            for (int c = 0; c < 3; c++) {
                int value = tone[rgb[i * 3 + c]] & 0xff;
                out[at + i * 3 + c] =
                        (byte) (decoded.premultiplied() ? Math.min(255, value + 255 - alpha) : onWhite(value, alpha));
            }
        }
    }

    private static int onWhite(int value, int alpha) {
        return (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }

    /** A band's samples stretched to 0 … {@link #max}. */
    private void readBand(int band, int y, int rows, int[] out) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), rows, band, out);
        int bits = raster.getSampleModel().getSampleSize(band);
        int top = (1 << bits) - 1;
        if (top != max) {
            for (int i = 0; i < out.length; i++) {
                out[i] = (out[i] * max + top / 2) / top;
            }
        }
    }

    /** For each sample value its 8-bit value in sRGB's tone curve; without a gamma only the depth changes. */
    private static byte[] tone(double gamma, int max) {
        byte[] tone = new byte[max + 1];
        for (int i = 0; i <= max; i++) {
            double value = (double) i / max;
            if (gamma > 0) {
                double light = Math.pow(value, 1 / gamma);
                value = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
            }
            tone[i] = (byte) Math.round(value * 255);
        }
        return tone;
    }
}
