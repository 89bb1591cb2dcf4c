package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.training.loop.Seeds;
import java.util.SplittableRandom;

/**
 * Which part of a picture is seen where its aspect is not that of its bucket.
 *
 * @param across share of the surplus width that is cut off on the left, 0 to 1
 * @param down share of the surplus height that is cut off at the top, 0 to 1
 */
public record Crop(double across, double down) {
    public static final Crop CENTER = new Crop(0.5, 0.5);

    /** A picture that would be enlarged by more than this is left out: there is nothing to learn from its pixels. */
    private static final double MAX_ENLARGEMENT = 2;

    /** The {@code index}-th crop of a picture: the middle, then random ones that follow from {@code seed}. */
    public static Crop of(int index, long seed) {
        if (index == 0) {
            return CENTER;
        }
        SplittableRandom random = Seeds.PICTURE_CROPS.random(seed, index);
        return new Crop(random.nextDouble(), random.nextDouble());
    }

    /**
     * {@code picture} resized to just cover {@code size}, and cut to it.
     *
     * @throws SkippedException when it is so small that it would be enlarged to more than twice its sides
     */
    public Picture cover(Picture picture, PictureSize size) throws SkippedException {
        double scale = Math.max((double) size.width() / picture.width(), (double) size.height() / picture.height());
        if (scale > MAX_ENLARGEMENT) {
            throw new SkippedException(
                    SkipReason.TOO_SMALL, PictureSize.of(picture) + "; at least half of " + size + " is expected");
        }
        int width = Math.max(size.width(), (int) Math.round(picture.width() * scale));
        int height = Math.max(size.height(), (int) Math.round(picture.height() * scale));
        Picture resized = PictureResizer.resize(picture, width, height);
        int x = (int) Math.round((width - size.width()) * across);
        int y = (int) Math.round((height - size.height()) * down);
        return PictureResizer.crop(resized, x, y, size.width(), size.height());
    }
}
