package dev.atelier.engine.image;

/** Width and height in pixels, both at least 1. */
public record PictureSize(int width, int height) {
    public PictureSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size: " + width + "x" + height + " has a side below 1");
        }
    }

    public static PictureSize of(Picture picture) {
        return new PictureSize(picture.width(), picture.height());
    }

    public long pixels() {
        return (long) width * height;
    }

    /**
     * The size of at most {@code maxPixels} pixels and nearly this aspect: this size when it fits, else both sides times
     * {@code sqrt(maxPixels / pixels)}, fractions cut off, as {@code Flux2ImageProcessor._resize_if_exceeds_area} does.
     */
    public PictureSize fitArea(long maxPixels) {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("maxPixels: " + maxPixels + " is below 1");
        }
        if (pixels() <= maxPixels) {
            return this;
        }
        double scale = Math.sqrt((double) maxPixels / pixels());
        // The upper bound matters only beside a side that was held up to 1.
        return new PictureSize((int) Math.clamp((long) (width * scale), 1, maxPixels), (int)
                Math.clamp((long) (height * scale), 1, maxPixels));
    }

    /** Both sides rounded down to multiples of {@code multiple}, but not below one multiple. */
    public PictureSize roundDown(int multiple) {
        if (multiple < 1) {
            throw new IllegalArgumentException("multiple: " + multiple + " is below 1");
        }
        return new PictureSize(
                Math.max(multiple, width / multiple * multiple), Math.max(multiple, height / multiple * multiple));
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
