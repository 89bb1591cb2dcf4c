package dev.atelier.springai;

import dev.atelier.client.ImageOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImagePrompt;

/** Prompts of Spring AI as orders of Atelier. */
final class ImageOrders {
    /** Media of this name is the mask of the first reference. */
    private static final String MASK = "mask";

    private ImageOrders() {}

    /** @param warnings what of the prompt has no effect */
    record Written(ImageOrder order, List<String> warnings) {}

    /**
     * Texts of several messages are joined line by line, those of a negative weight are what to avoid; media are references, in
     * order.
     *
     * @throws IllegalArgumentException naming what cannot be ordered
     */
    static Written of(ImagePrompt prompt, AtelierImageOptions options) {
        List<String> words = new ArrayList<>();
        List<String> avoided = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Pictures pictures = new Pictures(new ArrayList<>(), new ArrayList<>());
        for (ImageMessage message : prompt.getInstructions()) {
            boolean avoid = message.getWeight() != null && message.getWeight() < 0;
            if (message.getWeight() != null && Math.abs(message.getWeight()) != 1) {
                warnings.add("weight: " + message.getWeight() + " has no effect; only its sign has");
            }
            if (message.getText() != null && !message.getText().isBlank()) {
                (avoid ? avoided : words).add(message.getText().strip());
            }
            message.getMedia().forEach(pictures::add);
        }
        if (words.isEmpty()) {
            throw new IllegalArgumentException("prompt: no message has words of what to draw");
        }
        if (options.getStyle() != null) {
            warnings.add("style: '" + options.getStyle() + "' has no effect; say it in the prompt");
        }
        ImageOrder.Builder order = ImageOrder.of(String.join("\n", words));
        fields(options, avoided).forEach(order::set);
        pictures.references().forEach(order::reference);
        pictures.masks().forEach(order::mask);
        return new Written(order.build(), warnings);
    }

    private static Map<String, Object> fields(AtelierImageOptions options, List<String> avoided) {
        Map<String, Object> fields = new LinkedHashMap<>(options.orderFields());
        if ((fields.get("width") == null) != (fields.get("height") == null)) {
            String missing = fields.get("width") == null ? "width" : "height";
            throw new IllegalArgumentException(missing + ": missing; width and height are given together");
        }
        if (!avoided.isEmpty()) {
            fields.merge("negative_prompt", String.join("\n", avoided), (given, more) -> given + "\n" + more);
        }
        if (options.getN() != null) {
            fields.putIfAbsent("sequential_image_generation", "disabled");
        }
        return fields;
    }

    private record Pictures(List<String> references, List<String> masks) {
        void add(Media media) {
            if (!media.getMimeType().getType().equals("image")
                    && !media.getMimeType().isWildcardType()) {
                throw new IllegalArgumentException("media: " + media.getMimeType() + " is no picture");
            }
            String picture = switch (media.getData()) {
                case byte[] bytes -> inline(bytes);
                case String url -> url;
                default ->
                    throw new IllegalArgumentException("media: bytes or a URL are needed, not "
                            + media.getData().getClass());
            };
            if (!MASK.equals(media.getName())) {
                references.add(picture);
            } else if (masks.isEmpty()) {
                masks.add(picture);
            } else {
                throw new IllegalArgumentException("media: more than one is named '" + MASK + "'");
            }
        }

        private static String inline(byte[] bytes) {
            if (bytes.length > ImageOrder.LARGEST_INLINE) {
                throw new IllegalArgumentException("media: a picture has " + bytes.length + " bytes; at most "
                        + ImageOrder.LARGEST_INLINE + " are sent inline");
            }
            return Base64.getEncoder().encodeToString(bytes);
        }
    }
}
