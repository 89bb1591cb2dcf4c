package dev.atelier.engine.generation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.ImageRequest;

/**
 * A wanted size and the picture from which it is made. A size that the model draws by itself is made on the smallest grid of tokens
 * that covers it; any other from a base picture of about the wanted shape at the model's best size, scaled. So one seed shows the same
 * composition at every size.
 *
 * @param width of the finished picture, pixels
 * @param height of the finished picture, pixels
 * @param rows of tokens that are made from noise
 * @param columns of tokens that are made from noise
 * @param multiple pixels a side of a token
 */
record Canvas(int width, int height, int rows, int columns, int multiple) {
    /** The longest side divided by the shortest that is made. */
    static final double MAX_ASPECT = 16;

    /** Tokens of a base picture may exceed those of the best square by this factor for the sake of the shape. */
    private static final double SLACK = 1.1;

    /** How much a base picture's missing area counts beside a wrong shape, both as logarithms. */
    private static final double AREA_WEIGHT = 0.25;

    /**
     * @throws IllegalArgumentException when a side is below one token, the shape too long or the area above
     *     {@link ImageRequest#MAX_PIXELS}
     */
    static Canvas of(int width, int height, NativeSizes sizes, int multiple) {
        requireSize(width, height, multiple);
        return sizes.isNative(width, height)
                ? covering(width, height, multiple)
                : shaped(width, height, sizes.best(), multiple);
    }

    /** @throws IllegalArgumentException as {@link #of} */
    static void requireSize(int width, int height, int multiple) {
        String size = "size: " + width + "x" + height;
        if (Math.min(width, height) < multiple) {
            throw new IllegalArgumentException(
                    size + " has a side below " + multiple + ", the smallest this model makes");
        }
        if (Math.max(width, height) > MAX_ASPECT * Math.min(width, height)) {
            throw new IllegalArgumentException(
                    size + " has an extreme shape; an aspect ratio of 1/16 to 16 is allowed");
        }
        if ((long) width * height > ImageRequest.MAX_PIXELS) {
            throw new IllegalArgumentException(size + " is " + (long) width * height + " pixels; at most "
                    + ImageRequest.MAX_PIXELS + " are made");
        }
    }

    /** The smallest grid of tokens that covers the size. */
    static Canvas covering(int width, int height, int multiple) {
        return new Canvas(width, height, Math.ceilDiv(height, multiple), Math.ceilDiv(width, multiple), multiple);
    }

    private static Canvas shaped(int width, int height, int best, int multiple) {
        double tokens = Math.max(1, (double) best / multiple * best / multiple);
        double aspect = (double) width / height;
        Canvas chosen = null;
        double least = Double.POSITIVE_INFINITY;
        for (int rows = 1; rows <= tokens * SLACK; rows++) {
            int columns = (int) Math.max(1, Math.round(aspect * rows));
            double area = (double) rows * columns / tokens;
            double cost = Math.abs(Math.log(aspect * rows / columns)) + AREA_WEIGHT * Math.abs(Math.log(area));
            if (area <= SLACK && cost < least) {
                least = cost;
                chosen = new Canvas(width, height, rows, columns, multiple);
            }
        }
        return chosen == null ? new Canvas(width, height, 1, 1, multiple) : chosen;
    }

    int baseWidth() {
        return columns * multiple;
    }

    int baseHeight() {
        return rows * multiple;
    }

    /** Whether the base picture has to be scaled. */
    boolean scaled() {
        return width > baseWidth()
                || height > baseHeight()
                || baseWidth() - width >= multiple
                || baseHeight() - height >= multiple;
    }

    /** The base picture's shape at the size from which {@link #cover} enlarges nothing; its own size where it is large enough. */
    PictureSize largestNeeded() {
        double scale = scaled() ? Math.max((double) width / baseWidth(), (double) height / baseHeight()) : 1;
        return scale <= 1
                ? new PictureSize(baseWidth(), baseHeight())
                : new PictureSize(Math.max(width, (int) Math.round(baseWidth() * scale)), Math.max(height, (int)
                        Math.round(baseHeight() * scale)));
    }

    /** The base picture at the wanted size, its shape kept: scaled to cover it if need be, what reaches beyond is cut off evenly. */
    Picture cover(Picture base) {
        if (!scaled()) {
            return PictureResizer.centerCrop(base, width, height);
        }
        double scale = Math.max((double) width / base.width(), (double) height / base.height());
        int coveringWidth = Math.max(width, (int) Math.round(base.width() * scale));
        int coveringHeight = Math.max(height, (int) Math.round(base.height() * scale));
        return PictureResizer.centerCrop(PictureResizer.resize(base, coveringWidth, coveringHeight), width, height);
    }

    /** The base picture stretched to the wanted size: undoes {@link #squeeze}. */
    Picture stretch(Picture base) {
        return PictureResizer.resize(base, width, height);
    }

    /** All of a picture of the wanted size on the base picture's grid. */
    Picture squeeze(Picture source) {
        return PictureResizer.resize(source, baseWidth(), baseHeight());
    }
}
