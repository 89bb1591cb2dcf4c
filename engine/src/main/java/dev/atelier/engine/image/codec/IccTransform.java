package dev.atelier.engine.image.codec;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ProfileDataException;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** From the colours of an ICC profile to sRGB, by the JDK's Little CMS. */
interface IccTransform {
    /** A larger profile is left aside; real ones have at most a few megabytes. */
    int MAX_BYTES = 4 << 20;

    /** The sRGB values, 3 a pixel, in the depth of {@code samples}; {@code samples} may be returned itself. */
    int[] toRgb(int[] samples, int width, int rows);

    /**
     * @param profile may be empty or damaged: then samples count as sRGB, grey of sRGB's tone, or naive ink
     * @param channels grey, RGB or CMYK
     * @param max the largest sample value, 255 or 65,535
     */
    static IccTransform of(byte[] profile, Channels channels, int max) {
        IccTransform unmanaged = switch (channels) {
            case GREY -> (samples, _, _) -> spreadGrey(samples);
            case RGB -> (samples, _, _) -> samples;
            default -> (samples, _, _) -> mixInks(samples, max);
        };
        if (profile.length == 0 || profile.length > MAX_BYTES) {
            return unmanaged;
        }
        try {
            ICC_Profile from = ICC_Profile.getInstance(profile);
            if (from.getColorSpaceType() != colourSpace(channels) || !describesPixels(from)) {
                return unmanaged;
            }
            ColorConvertOp op =
                    new ColorConvertOp(new ICC_Profile[] {from, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null);
            IccTransform managed = (samples, width, rows) -> convert(op, samples, channels.count(), max, width, rows);
            return channels == Channels.RGB && changesNothing(managed, max) ? unmanaged : managed;
        } catch (IllegalArgumentException | CMMException | ProfileDataException e) {
            return unmanaged;
        }
    }

    private static int colourSpace(Channels channels) {
        return switch (channels) {
            case GREY -> ColorSpace.TYPE_GRAY;
            case RGB -> ColorSpace.TYPE_RGB;
            default -> ColorSpace.TYPE_CMYK;
        };
    }

    private static boolean describesPixels(ICC_Profile profile) {
        return switch (profile.getProfileClass()) {
            case ICC_Profile.CLASS_INPUT,
                    ICC_Profile.CLASS_DISPLAY,
                    ICC_Profile.CLASS_OUTPUT,
                    ICC_Profile.CLASS_COLORSPACECONVERSION -> true;
            default -> false;
        };
    }

    private static int[] convert(ColorConvertOp op, int[] samples, int count, int max, int width, int rows) {
        int type = max > 255 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
        WritableRaster in = Raster.createInterleavedRaster(type, width, rows, count, null);
        WritableRaster out = Raster.createInterleavedRaster(type, width, rows, 3, null);
        in.setPixels(0, 0, width, rows, samples);
        op.filter(in, out);
        return out.getPixels(0, 0, width, rows, (int[]) null);
    }

    /** True for sRGB under whatever name: six steps a channel come out as they went in, but for rounding. */
    private static boolean changesNothing(IccTransform transform, int max) {
        int steps = 6;
        int[] grid = new int[steps * steps * steps * 3];
        for (int i = 0; i < grid.length / 3; i++) {
            grid[i * 3] = i / (steps * steps) * max / (steps - 1);
            grid[i * 3 + 1] = i / steps % steps * max / (steps - 1);
            grid[i * 3 + 2] = i % steps * max / (steps - 1);
        }
        int[] converted = transform.toRgb(grid, steps * steps, steps);
        for (int i = 0; i < grid.length; i++) {
            if (Math.abs(grid[i] - converted[i]) > max / 255) {
                return false;
            }
        }
        return true;
    }

    private static int[] spreadGrey(int[] samples) {
        int[] rgb = new int[samples.length * 3];
        for (int i = 0; i < samples.length; i++) {
            rgb[i * 3] = samples[i];
            rgb[i * 3 + 1] = samples[i];
            rgb[i * 3 + 2] = samples[i];
        }
        return rgb;
    }

    private static int[] mixInks(int[] samples, int max) {
        int[] rgb = new int[samples.length / 4 * 3];
        for (int i = 0; i < samples.length / 4; i++) {
            long light = max - samples[i * 4 + 3];
            for (int c = 0; c < 3; c++) {
                rgb[i * 3 + c] = (int) ((light * (max - samples[i * 4 + c]) + max / 2) / max);
            }
        }
        return rgb;
    }
}
