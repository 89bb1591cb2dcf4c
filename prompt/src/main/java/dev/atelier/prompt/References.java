package dev.atelier.prompt;

import java.util.List;

/**
 * The pictures that a request starts from.
 *
 * @param images 0 to {@value #MAX_IMAGES} opaque names (URLs, data URIs, media ids): this module counts them, the server
 *     resolves them. The prompt addresses them as "image 1", "图1", … in this order
 * @param mask opaque name of a picture that is white where the first image may change; empty: everywhere
 * @param strength how far an edit may move from the first image, in (0, 1]; 0: the model's default
 */
public record References(List<String> images, String mask, double strength) {
    public static final int MAX_IMAGES = 14;

    /** @throws InvalidRequestException when a bound is broken or a mask has no image */
    public References {
        images = List.copyOf(images);
        mask = mask == null ? "" : mask;
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
        if (!(strength >= 0 && strength <= 1)) {
            throw new InvalidRequestException("strength", String.valueOf(strength), "0 to 1 is allowed");
        }
    }

    public static References none() {
        return new References(List.of(), "", 0);
    }

    public static References of(List<String> images) {
        return new References(images, "", 0);
    }
}
