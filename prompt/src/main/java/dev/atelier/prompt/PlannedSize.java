package dev.atelier.prompt;

/**
 * The size of every picture of a plan. Open sides (0) follow the first reference: {@link #like} settles them once its size is
 * known.
 *
 * @param width pixels; a multiple of {@code multiple} unless the request names both sides; 0 together with {@code height}: open
 * @param height pixels
 * @param pixels the area to aim at while the sides are open
 * @param multiple of which settled sides are, pixels
 */
public record PlannedSize(int width, int height, long pixels, int multiple) {
    public PlannedSize {
        if (width < 0 || height < 0 || (width == 0) != (height == 0) || pixels < 1 || multiple < 1) {
            throw new IllegalArgumentException(
                    "size: " + width + "x" + height + ", " + pixels + " pixels, multiple " + multiple + " is no size");
        }
    }

    /**
     * Sides of the shape {@code aspect} (width divided by height, 1/16 to 16) with an area of at most {@code pixels}: multiples,
     * of which the longer is less than one {@code multiple} off what the shorter asks for.
     */
    public static PlannedSize of(double aspect, long pixels, int multiple) {
        double bounded = Math.clamp(aspect, 1 / SizeWish.MAX_ASPECT, SizeWish.MAX_ASPECT);
        double ratio = Math.max(bounded, 1 / bounded);
        int least = below(Math.sqrt(pixels / ratio), multiple);
        PlannedSize best = null;
        for (int shorter : new int[] {least, least + multiple}) {
            for (int longer :
                    new int[] {below(shorter * ratio, multiple), below(shorter * ratio, multiple) + multiple}) {
                PlannedSize sides = bounded >= 1
                        ? new PlannedSize(longer, shorter, pixels, multiple)
                        : new PlannedSize(shorter, longer, pixels, multiple);
                boolean fits = (long) longer * shorter <= pixels;
                if (best == null || fits && sides.distance(bounded) < best.distance(bounded)) {
                    best = sides;
                }
            }
        }
        return best;
    }

    private double distance(double aspect) {
        return Math.abs(Math.log(width / (aspect * height)));
    }

    /** Whether the first reference still has to settle the sides. */
    public boolean open() {
        return width == 0;
    }

    /** Pixels of a picture; what is aimed at while the sides are open. */
    public long area() {
        return open() ? pixels : (long) width * height;
    }

    /** This size, or when it is open one with the shape of a reference of {@code width} x {@code height} pixels. */
    public PlannedSize like(int width, int height) {
        return open() ? of((double) width / height, pixels, multiple) : this;
    }

    private static int below(double length, int multiple) {
        // A length that is a multiple but for rounding keeps its size.
        return (int) Math.max(1, Math.floor(length / multiple + 1e-9)) * multiple;
    }
}
