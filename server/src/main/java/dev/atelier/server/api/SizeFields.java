package dev.atelier.server.api;

import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.error.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The size of a request from the many fields that clients say it in: sides, an area by name, a shape. */
final class SizeFields {
    private static final List<String> NAMES = List.of("size", "image_size", "resolution", "aspect_ratio");

    /** Sizes by name, as fal's clients say them. */
    private static final Map<String, String> BY_NAME = Map.of(
            "square_hd", "1024x1024",
            "square", "512x512",
            "portrait_4_3", "768x1024",
            "portrait_16_9", "576x1024",
            "landscape_4_3", "1024x768",
            "landscape_16_9", "1024x576",
            "match_input_image", "adaptive",
            "original", "adaptive");

    private static final double SAME_SHAPE = 0.01;

    private SizeFields() {}

    /**
     * The sides where they are given, else what the fields say together; one that does not fit to those before it is told of.
     *
     * @throws ApiException 400
     * @throws InvalidRequestException naming field, value and bound
     */
    static SizeWish read(FieldValues values) {
        SizeWish wish = sides(values);
        String from = wish.exact() ? "width and height" : "";
        for (String name : NAMES) {
            SizeWish part = part(name, values.get(name, ""));
            if (part.equals(SizeWish.open()) || part.equals(wish)) {
                continue;
            }
            if (wish.equals(SizeWish.open())) {
                wish = part;
                from = name;
            } else if (isShape(part) && isArea(wish)) {
                wish = new SizeWish(0, 0, wish.tier(), part.aspect());
            } else if (isArea(part) && isShape(wish)) {
                wish = new SizeWish(0, 0, part.tier(), wish.aspect());
            } else if (!(isShape(part) && hasShape(wish, part.aspect()))) {
                values.noEffect(name, "beside " + from);
            }
        }
        return wish;
    }

    private static SizeWish sides(FieldValues values) {
        long width = values.get("width", 0L);
        long height = values.get("height", 0L);
        if (width == 0 && height == 0) {
            return SizeWish.open();
        }
        if (width == 0 || height == 0) {
            String missing = width == 0 ? "width" : "height";
            throw ApiException.invalid(missing, "missing; width and height are given together");
        }
        return SizeWish.of((int) width, (int) height);
    }

    private static SizeWish part(String name, String text) {
        try {
            String word = text.strip().toLowerCase(Locale.ROOT);
            return SizeWish.parse(BY_NAME.getOrDefault(word, text));
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(name, e.value(), e.bound());
        }
    }

    private static boolean isShape(SizeWish wish) {
        return wish.aspect() != 0 && wish.tier() == SizeWish.Tier.MODEL;
    }

    private static boolean isArea(SizeWish wish) {
        return wish.aspect() == 0 && wish.tier() != SizeWish.Tier.MODEL;
    }

    private static boolean hasShape(SizeWish wish, double aspect) {
        double own = wish.exact() ? (double) wish.width() / wish.height() : wish.aspect();
        return Math.abs(own - aspect) <= SAME_SHAPE * aspect;
    }
}
