package dev.atelier.training.dataset;

import dev.atelier.engine.image.PictureSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes that pictures are trained in: every aspect has about the same number of pixels, so that a batch of any costs the same and
 * little of a picture is cut off.
 */
public record AspectBuckets(List<PictureSize> sizes) {
    /** Pictures longer than this are cut. */
    private static final double MAX_ASPECT = 3;

    /** The longest side of a training picture. */
    private static final int MAX_RESOLUTION = 2048;

    public AspectBuckets {
        sizes = List.copyOf(sizes);
    }

    /**
     * Sizes of at most {@code resolution²} pixels whose sides are multiples of {@code multiple} and at most 3:1 apart.
     *
     * @throws IllegalArgumentException when {@code resolution} is below {@code multiple} or above 2048
     */
    public static AspectBuckets of(int resolution, int multiple) {
        if (resolution < multiple || resolution > MAX_RESOLUTION) {
            throw new IllegalArgumentException(
                    "resolution: " + resolution + " is not in " + multiple + " to " + MAX_RESOLUTION);
        }
        List<PictureSize> out = new ArrayList<>();
        long area = (long) resolution * resolution;
        for (int width = multiple; width <= resolution * MAX_ASPECT; width += multiple) {
            int height = (int) Math.min(area / width / multiple * multiple, Integer.MAX_VALUE);
            if (height >= multiple && width <= MAX_ASPECT * height && height <= MAX_ASPECT * width) {
                out.add(new PictureSize(width, height));
            }
        }
        return new AspectBuckets(out);
    }

    /** The size whose aspect is nearest to that of {@code picture}; among equals the largest. */
    public PictureSize nearest(PictureSize picture) {
        double wanted = Math.log((double) picture.width() / picture.height());
        return sizes.stream()
                .min(Comparator.comparingDouble((PictureSize size) ->
                                Math.abs(Math.log((double) size.width() / size.height()) - wanted))
                        .thenComparing(
                                Comparator.comparingLong(PictureSize::pixels).reversed()))
                .orElseThrow();
    }
}
