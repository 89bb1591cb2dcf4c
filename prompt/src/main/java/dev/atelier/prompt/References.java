package dev.atelier.prompt;

import dev.atelier.engine.image.Margins;
import java.util.List;

/**
 * The pictures that a request starts from.
 *
 * @param images 0 to {@value #MAX_IMAGES} opaque names (URLs, data URIs, media ids): this module counts them, the server
 *     resolves them. The prompt addresses them as "image 1", "图1", … in this order
 * @param mask opaque name of a picture that is white where the first image may change; empty: everywhere
 * @param strength how far an edit may move from the first image, 0 (not at all) to 1 (freely); {@link #MODEL_STRENGTH}: the
 *     model's default
 * @param outpaint {@code LEFT,TOP,RIGHT,BOTTOM} pixels by which the first image is extended; what is added is painted, the image stays;
 *     empty: none
 */
public record References(List<String> images, String mask, double strength, String outpaint) {
    public static final int MAX_IMAGES = 14;
    public static final double MODEL_STRENGTH = -1;

    /** @throws InvalidRequestException when a bound is broken or a mask has no image */
    public References {
        images = List.copyOf(images);
        mask = mask == null ? "" : mask;
        outpaint = outpaint == null ? "" : outpaint.strip();
        if (images.size() > MAX_IMAGES) {
            throw new InvalidRequestException("images", images.size() + " references", "at most 14 are allowed");
        }
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).isBlank()) {
                throw new InvalidRequestException("images", "reference " + (i + 1) + " is empty", "a name is needed");
            }
        }
        if (!mask.isEmpty() && images.isEmpty()) {
            throw new InvalidRequestException("mask", "has no image to apply to", "at least 1 image is needed");
        }
        if (!outpaint.isEmpty()) {
            checkOutpaint(images, mask, outpaint);
        }
        if (strength != MODEL_STRENGTH && images.isEmpty()) {
            throw new InvalidRequestException("strength", "has no image to apply to", "at least 1 image is needed");
        }
        if (strength != MODEL_STRENGTH && !(strength >= 0 && strength <= 1)) {
            throw new InvalidRequestException("strength", String.valueOf(strength), "0 to 1 is allowed");
        }
    }

    public static References none() {
        return of(List.of());
    }

    public static References of(List<String> images) {
        return new References(images, "", MODEL_STRENGTH, "");
    }

    /** Whether the first image's own pixels are the start, not only something to look at: such edits are of one picture. */
    public boolean bound() {
        return !mask.isEmpty() || !outpaint.isEmpty() || strength != MODEL_STRENGTH;
    }

    private static void checkOutpaint(List<String> images, String mask, String outpaint) {
        if (images.isEmpty()) {
            throw new InvalidRequestException("outpaint", "has no image to extend", "at least 1 image is needed");
        }
        if (!mask.isEmpty()) {
            throw new InvalidRequestException("outpaint", "is given beside a mask", "only one of them is allowed");
        }
        try {
            Margins.parse(outpaint);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "outpaint",
                    "\"" + outpaint.substring(0, Math.min(outpaint.length(), 40)) + "\" is no extension",
                    "LEFT,TOP,RIGHT,BOTTOM in pixels are needed, each 0 to " + Margins.MAX + ", one above 0");
        }
    }
}
