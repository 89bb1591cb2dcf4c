package dev.atelier.engine.image;

import java.util.Arrays;
import java.util.regex.Pattern;

/** How far a picture is extended on its four sides, pixels, each 0 to {@value #MAX}. */
public record Margins(int left, int top, int right, int bottom) {
    /** Of one side. */
    public static final int MAX = 4096;

    /** Of a picture with its margins, 4096 x 4096. */
    private static final long MAX_PIXELS = 4096L * 4096;

    private static final Pattern FOUR_NUMBERS = Pattern.compile("\\s*\\d{1,5}\\s*(,\\s*\\d{1,5}\\s*){3}");

    public Margins {
        for (int side : new int[] {left, top, right, bottom}) {
            if (side < 0 || side > MAX) {
                throw new IllegalArgumentException("outpaint: " + side + " is not in 0 to " + MAX);
            }
        }
        if (left + top + right + bottom == 0) {
            throw new IllegalArgumentException("outpaint: 0 pixels on every side; at least 1 is needed");
        }
    }

    /** Reads {@code LEFT,TOP,RIGHT,BOTTOM}. */
    public static Margins parse(String text) {
        if (!FOUR_NUMBERS.matcher(text).matches()) {
            throw new IllegalArgumentException("outpaint: '" + text.substring(0, Math.min(text.length(), 40))
                    + "' is not LEFT,TOP,RIGHT,BOTTOM in pixels, each 0 to " + MAX);
        }
        int[] sides = Arrays.stream(text.split(","))
                .mapToInt(number -> Integer.parseInt(number.strip()))
                .toArray();
        return new Margins(sides[0], sides[1], sides[2], sides[3]);
    }

    /**
     * {@code picture} on a canvas larger by these margins, which repeat the pixels of its edges.
     *
     * @throws IllegalArgumentException when the canvas has more than 4096 x 4096 pixels
     */
    public Picture extend(Picture picture) {
        PictureSize canvas = canvas(PictureSize.of(picture));
        int width = canvas.width();
        int height = canvas.height();
        byte[] in = picture.bytes();
        byte[] out = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            int fromRow = Math.clamp(y - top, 0, picture.height() - 1) * picture.width() * 3;
            int toRow = y * width * 3;
            for (int x = 0; x < width; x++) {
                int from = fromRow + Math.clamp(x - left, 0, picture.width() - 1) * 3;
                System.arraycopy(in, from, out, toRow + 3 * x, 3);
            }
        }
        return new Picture(width, height, out);
    }

    /** For {@link #extend}'s result: black where {@code picture} lies, white in the margins. */
    public Picture mask(Picture picture) {
        PictureSize canvas = canvas(PictureSize.of(picture));
        int width = canvas.width();
        int height = canvas.height();
        byte[] out = new byte[width * height * 3];
        Arrays.fill(out, (byte) 255);
        for (int y = top; y < top + picture.height(); y++) {
            Arrays.fill(out, (y * width + left) * 3, (y * width + left + picture.width()) * 3, (byte) 0);
        }
        return new Picture(width, height, out);
    }

    /**
     * The size of {@link #extend}'s result.
     *
     * @throws IllegalArgumentException as {@link #extend}
     */
    public PictureSize canvas(PictureSize picture) {
        PictureSize canvas = new PictureSize(left + picture.width() + right, top + picture.height() + bottom);
        if (canvas.pixels() > MAX_PIXELS) {
            throw new IllegalArgumentException("outpaint: a canvas of " + canvas + " is " + canvas.pixels()
                    + " pixels; at most " + MAX_PIXELS + " are allowed");
        }
        return canvas;
    }
}
