package dev.atelier.engine.image;

/** How a stored picture is turned and mirrored to stand upright: the values 1 to 8 of the EXIF tag {@code Orientation}. */
public enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    ROTATED_180(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    ROTATED_90(true, false, true),
    TRANSVERSED(true, true, true),
    ROTATED_270(true, true, false);

    /** Where a pixel of the upright picture is found: sides exchanged first, then counted from the right, from the bottom. */
    private final boolean swap;

    private final boolean fromRight;
    private final boolean fromBottom;

    Orientation(boolean swap, boolean fromRight, boolean fromBottom) {
        this.swap = swap;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** The orientation of an EXIF value; upright when it is not 1 to 8. */
    public static Orientation of(long exif) {
        return exif >= 1 && exif <= 8 ? values()[(int) exif - 1] : UPRIGHT;
    }

    public Picture apply(Picture stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swap ? stored.height() : stored.width();
        int height = swap ? stored.width() : stored.height();
        byte[] in = stored.bytes();
        byte[] out = new byte[in.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swap ? y : x;
                int row = swap ? x : y;
                column = fromRight ? stored.width() - 1 - column : column;
                row = fromBottom ? stored.height() - 1 - row : row;
                int from = (row * stored.width() + column) * 3;
                int to = (y * width + x) * 3;
                out[to] = in[from];
                out[to + 1] = in[from + 1];
                out[to + 2] = in[from + 2];
            }
        }
        return new Picture(width, height, out);
    }
}
