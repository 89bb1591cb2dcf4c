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
     * Sides of about the shape {@code aspect} (width divided by height) with an area of at most {@code pixels}: of the multiples
     * next to the exact sides those that come closest to the shape.
     */
    public static PlannedSize of(double aspect, long pixels, int multiple) {
        double bounded = Math.clamp(aspect, 1 / SizeWish.MAX_ASPECT, SizeWish.MAX_ASPECT);
        int width = below(Math.sqrt(pixels * bounded), multiple);
        int height = below(Math.sqrt(pixels / bounded), multiple);
        PlannedSize best = new PlannedSize(width, height, pixels, multiple);
        for (int[] sides : new int[][] {{width + multiple, height}, {width, height + multiple}}) {
            PlannedSize larger = new PlannedSize(sides[0], sides[1], pixels, multiple);
            if ((long) sides[0] * sides[1] <= pixels && larger.distance(bounded) < best.distance(bounded)) {
                best = larger;
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

    /** This size, or when it is open one with the shape of a reference of {@code width} x {@code height} pixels. */
    public PlannedSize like(int width, int height) {
        return open() ? of((double) width / height, pixels, multiple) : this;
    }

    private static int below(double length, int multiple) {
        // A length that is a multiple but for rounding keeps its size.
        return (int) Math.max(1, Math.floor(length / multiple + 1e-9)) * multiple;
    }
}
