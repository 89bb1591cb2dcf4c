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

    /** Sides of the shape {@code aspect} (width divided by height) with an area of about {@code pixels}. */
    public static PlannedSize of(double aspect, long pixels, int multiple) {
        double bounded = Math.clamp(aspect, 1 / SizeWish.MAX_ASPECT, SizeWish.MAX_ASPECT);
        return new PlannedSize(
                side(Math.sqrt(pixels * bounded), multiple),
                side(Math.sqrt(pixels / bounded), multiple),
                pixels,
                multiple);
    }

    /** Whether the first reference still has to settle the sides. */
    public boolean open() {
        return width == 0;
    }

    /** This size, or when it is open one with the shape of a reference of {@code width} x {@code height} pixels. */
    public PlannedSize like(int width, int height) {
        return open() ? of((double) width / height, pixels, multiple) : this;
    }

    private static int side(double length, int multiple) {
        return (int) Math.max(1, Math.round(length / multiple)) * multiple;
    }
}
