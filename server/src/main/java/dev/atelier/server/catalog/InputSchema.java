package dev.atelier.server.catalog;

import dev.atelier.server.catalog.Field.Bounds;
import dev.atelier.server.catalog.Field.Kind;
import dev.atelier.server.error.ApiException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The fields that requests for a listing may have. The same list documents and checks them. The order matters to clients: the
 * prompt first, the single image before the list of images.
 */
public final class InputSchema {
    /** Longest inline picture: 30 MB in base64 with its header. */
    private static final int MAX_REFERENCE = 42_000_000;

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<String> required;

    InputSchema(Listing listing) {
        ModelEntry model = listing.model();
        fields(listing, model).forEach(field -> fields.put(field.name(), field));
        required = listing.variant().needsImages() ? List.of("model", "prompt", "images") : List.of("model", "prompt");
    }

    public static InputSchema of(Listing listing) {
        return new InputSchema(listing);
    }

    /** Names of all fields, in their order. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    Map<String, Field> fields() {
        return fields;
    }

    List<String> required() {
        return required;
    }

    /**
     * Checks a request's fields, one by one; what depends on several of them is checked where they are understood.
     *
     * @throws ApiException 400 naming field, value and bound
     */
    public void check(Map<String, JsonNode> input) {
        input.forEach((name, value) -> {
            Field field = fields.get(name);
            if (field == null) {
                throw ApiException.invalid(
                        name.isBlank() ? "''" : shortened(name),
                        "unknown field; there are " + String.join(", ", fields.keySet()));
            }
            if (!value.isNull()) {
                check(field, value);
            }
        });
    }

    private static void check(Field field, JsonNode value) {
        boolean fits = switch (field.kind()) {
            case STRING -> value.isString();
            case BOOLEAN -> value.isBoolean();
            case INTEGER -> value.isNumber() && value.canConvertToLong() && value.doubleValue() % 1 == 0;
            case NUMBER -> value.isNumber();
            case STRINGS -> value.isArray() && value.valueStream().allMatch(JsonNode::isString);
        };
        if (!fits) {
            throw ApiException.invalid(
                    field.name(), shortened(value.toString()) + " is not of type " + typeName(field.kind()));
        }
        if (!field.choices().isEmpty() && !field.choices().contains(value.stringValue())) {
            throw ApiException.invalid(
                    field.name(), "'" + shortened(value.stringValue()) + "' is none of " + field.choices());
        }
        checkBounds(field, value);
    }

    private static void checkBounds(Field field, JsonNode value) {
        Bounds bounds = field.bounds();
        if (bounds.equals(Bounds.NONE)) {
            return;
        }
        double size = switch (field.kind()) {
            case STRING ->
                value.stringValue().codePointCount(0, value.stringValue().length());
            case STRINGS -> value.size();
            default -> value.doubleValue();
        };
        String given = switch (field.kind()) {
            case STRING -> String.format(Locale.ROOT, "%,d characters", (long) size);
            case STRINGS -> value.size() + " entries";
            default -> shortened(value.toString());
        };
        if (size == 0
                && field.kind() == Kind.STRING
                && bounds.atLeast() != null
                && bounds.atLeast().doubleValue() > 0) {
            throw ApiException.invalid(
                    field.name(),
                    "is empty; " + plain(bounds.atLeast()) + " to " + plain(bounds.atMost())
                            + " characters are needed");
        }
        if (bounds.atLeast() != null && !(size >= bounds.atLeast().doubleValue())) {
            throw ApiException.invalid(
                    field.name(), given + " is below " + plain(bounds.atLeast()) + ", the least allowed");
        }
        if (bounds.atMost() != null && !(size <= bounds.atMost().doubleValue())) {
            throw ApiException.invalid(
                    field.name(), given + " is above " + plain(bounds.atMost()) + ", the most allowed");
        }
    }

    private static String plain(Number bound) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bound);
    }

    private static String typeName(Kind kind) {
        return kind == Kind.STRINGS ? "array of strings" : kind.json();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static List<Field> fields(Listing listing, ModelEntry model) {
        ModelEntry.Bounds bounds = model.bounds();
        ModelEntry.Defaults defaults = model.defaults();
        List<Field> all = new ArrayList<>();
        all.add(new Field(
                "prompt",
                Kind.STRING,
                "What to draw, in English or Chinese. References are addressed as \"image 1\", \"image 2\".",
                Bounds.of(1, 4000),
                List.of(),
                null));
        all.add(Field.choice("model", List.of(listing.name()), listing.name(), "The model's name."));
        all.add(Field.text("image", MAX_REFERENCE, "One picture to start from: a URL, a data URI or base64."));
        all.add(new Field(
                "images",
                Kind.STRINGS,
                "Pictures to start from, in the order in which they are numbered: URLs, data URIs or base64."
                        + " References and outputs together are at most 15.",
                Bounds.of(listing.variant().needsImages() ? 1 : 0, bounds.references()),
                List.of(),
                null));
        all.add(Field.text("image_url", MAX_REFERENCE, "Another name of image."));
        all.add(Field.text(
                "size",
                32,
                "WIDTH*HEIGHT (or WIDTHxHEIGHT) in pixels, 1K, 2K, 4K, or a shape such as 16:9. Left out: what the"
                        + " words ask for, else the model's own."));
        all.add(Field.integer("width", 1, 16384, null, "Width in pixels, together with height."));
        all.add(Field.integer("height", 1, 16384, null, "Height in pixels, together with width."));
        boolean sequential = listing.variant().sequential();
        String several = sequential
                ? "The most pictures that belong together; the words say how many. Left out: as many as they say."
                : "How many pictures.";
        all.add(Field.integer("max_images", 1, bounds.images(), sequential ? null : 1, several));
        all.add(Field.integer("num_images", 1, bounds.images(), null, "Another name of max_images."));
        all.add(Field.integer("n", 1, bounds.images(), null, "Another name of max_images."));
        all.add(Field.integer("steps", 1, bounds.maxSteps(), defaults.steps(), "Denoising steps."));
        all.add(Field.integer("num_inference_steps", 1, bounds.maxSteps(), null, "Another name of steps."));
        all.add(Field.number(
                "guidance_scale", 0, 100, defaults.guidanceScale(), "How closely the words are followed."));
        all.add(Field.integer("seed", -1, (1L << 53) - 1, -1, "Repeats a picture; -1 draws a random one."));
        all.add(Field.text("negative_prompt", 4000, "What to avoid."));
        all.add(Field.text(
                "mask",
                MAX_REFERENCE,
                "White, or transparent, where the first picture may change; where it is black or opaque every byte"
                        + " stays. Any size, stretched over the picture."));
        all.add(Field.number(
                "strength",
                0,
                1,
                null,
                "How far an edit may move from the first picture: 0 not at all, 1 freely. Left out: freely."));
        all.add(Field.text(
                "outpaint",
                32,
                "LEFT,TOP,RIGHT,BOTTOM in pixels: the first picture is extended by them, and what is added is"
                        + " painted."));
        all.add(Field.choice("output_format", List.of("png", "jpeg", "webp"), "png", "Format of the files."));
        all.add(Field.flag("enable_base64_output", false, "Outputs are data URIs instead of URLs."));
        all.add(Field.flag("enable_sync_mode", false, "Answer when it is finished, if that takes at most 25 seconds."));
        all.add(Field.flag(
                "enable_prompt_expansion", true, "Whether the words may be put so that the model knows them."));
        all.add(Field.flag("watermark", false, "A visible mark in the corner."));
        all.add(Field.text("webhook_url", 2000, "Called once with the finished prediction."));
        return all;
    }
}
