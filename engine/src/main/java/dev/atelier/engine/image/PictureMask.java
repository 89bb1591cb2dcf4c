package dev.atelier.engine.image;

import java.util.Arrays;

/** Which pixels of a picture may change: white (255) those that may, black (0) those that stay byte for byte, grey between. */
public final class PictureMask {
    /** The soft edge is this part of the shorter side wide. */
    private static final int FEATHER_PART = 128;

    /** Steps of the chamfer distance to a pixel beside and to one across a corner (Borgefors 1986). */
    private static final int STRAIGHT = 3;

    private static final int DIAGONAL = 4;
    private static final int MAX_FEATHER = 255 / STRAIGHT - 1;

    private final int width;
    private final int height;
    private final byte[] levels;

    private PictureMask(int width, int height, byte[] levels) {
        this.width = width;
        this.height = height;
        this.levels = levels;
    }

    /** The mean of {@code mask}'s colours, brought to {@code width} x {@code height} by the nearest pixel, so that black stays black. */
    public static PictureMask of(Picture mask, int width, int height) {
        PictureSize size = new PictureSize(width, height);
        byte[] out = new byte[Math.toIntExact(size.pixels())];
        for (int y = 0; y < height; y++) {
            int fromY = (int) ((y + 0.5) * mask.height() / height);
            for (int x = 0; x < width; x++) {
                int fromX = (int) ((x + 0.5) * mask.width() / width);
                int sum = mask.channel(fromX, fromY, 0) + mask.channel(fromX, fromY, 1) + mask.channel(fromX, fromY, 2);
                out[y * width + x] = (byte) (sum / 3);
            }
        }
        return new PictureMask(width, height, out);
    }

    /** The level of a pixel, 0 to 255. */
    public int level(int x, int y) {
        return levels[y * width + x] & 0xff;
    }

    /**
     * For each block of {@code side} x {@code side} pixels its highest level, 0 to 1, row by row; blocks at the right and the bottom may
     * be cut.
     */
    public float[] blocks(int side) {
        int columns = Math.ceilDiv(width, side);
        float[] out = new float[columns * Math.ceilDiv(height, side)];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y / side * columns + x / side;
                out[at] = Math.max(out[at], level(x, y) / 255f);
            }
        }
        return out;
    }

    /**
     * {@code made} where the mask is white and {@code kept} where it is black. Inside its edge the two run into each other over a 128th of the
     * shorter side; outside every byte is that of {@code kept}.
     *
     * @param made of the mask's size
     * @param kept of the mask's size
     */
    public Picture composite(Picture made, Picture kept) {
        requireSize(made);
        requireSize(kept);
        byte[] share = feathered(Math.clamp(Math.min(width, height) / FEATHER_PART, 1, MAX_FEATHER));
        byte[] out = kept.toBytes();
        byte[] fresh = made.bytes();
        for (int i = 0; i < share.length; i++) {
            int part = share[i] & 0xff;
            for (int at = 3 * i; part > 0 && at < 3 * i + 3; at++) {
                out[at] = (byte) (((fresh[at] & 0xff) * part + (out[at] & 0xff) * (255 - part) + 127) / 255);
            }
        }
        return new Picture(width, height, out);
    }

    private void requireSize(Picture picture) {
        if (picture.width() != width || picture.height() != height) {
            throw new IllegalArgumentException(
                    "mask: " + width + "x" + height + " does not fit a picture of " + PictureSize.of(picture));
        }
    }

    /** The levels, falling towards black pixels over {@code radius} pixels. */
    private byte[] feathered(int radius) {
        int full = (radius + 1) * STRAIGHT;
        byte[] distance = new byte[levels.length];
        Arrays.fill(distance, (byte) full);
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] == 0) {
                distance[i] = 0;
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                relax(distance, x, y, -1);
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                relax(distance, x, y, 1);
            }
        }
        for (int i = 0; i < distance.length; i++) {
            distance[i] = (byte) ((levels[i] & 0xff) * (distance[i] & 0xff) / full);
        }
        return distance;
    }

    /** @param step -1: from the left and above, 1: from the right and below */
    private void relax(byte[] distance, int x, int y, int step) {
        int at = y * width + x;
        int least = distance[at] & 0xff;
        if (x + step >= 0 && x + step < width) {
            least = Math.min(least, (distance[at + step] & 0xff) + STRAIGHT);
        }
        if (y + step >= 0 && y + step < height) {
            int beside = at + step * width;
            least = Math.min(least, (distance[beside] & 0xff) + STRAIGHT);
            if (x > 0) {
                least = Math.min(least, (distance[beside - 1] & 0xff) + DIAGONAL);
            }
            if (x < width - 1) {
                least = Math.min(least, (distance[beside + 1] & 0xff) + DIAGONAL);
            }
        }
        distance[at] = (byte) least;
    }
}
