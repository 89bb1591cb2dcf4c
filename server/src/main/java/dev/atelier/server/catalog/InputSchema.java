package dev.atelier.server.catalog;

import dev.atelier.server.catalog.Field.Kind;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The fields that requests for a listing may have, on every surface. The same list documents and checks them. The order matters to
 * clients: the prompt first, single pictures before the list of pictures.
 */
public final class InputSchema {
    /** Longest inline picture: 30 MB in base64 with its header. */
    static final int MAX_REFERENCE = 42_000_000;

    /** Seeds above cannot be told apart in the numbers of JavaScript. */
    private static final long MAX_SEED = (1L << 53) - 1;

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, Field> ofClients = new LinkedHashMap<>();
    private final boolean needsImages;

    private InputSchema(Listing listing) {
        fields(listing).forEach(field -> fields.put(field.name(), field));
        ofClients(listing.model().bounds()).forEach(field -> ofClients.put(field.name(), field));
        needsImages = listing.variant().needsImages();
    }

    public static InputSchema of(Listing listing) {
        return new InputSchema(listing);
    }

    /** Names of the documented fields, in their order. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** Whether a request may have a field of this name to some effect. */
    public boolean has(String name) {
        return fields.containsKey(name) || ofClients.containsKey(name);
    }

    Map<String, Field> fields() {
        return fields;
    }

    /** What clients of the Images surfaces send beside the documented fields. */
    Map<String, Field> ofClients() {
        return ofClients;
    }

    List<String> required() {
        return List.of("model", "prompt");
    }

    /** Whether at least one of the fields that name pictures is needed. */
    boolean needsImages() {
        return needsImages;
    }

    /**
     * A field's value, checked by itself; what depends on several fields is checked where they are understood.
     *
     * @return a String, Long, Double, Boolean or List of String, by the field's kind; null when the value is null or an empty text
     * @throws ApiException 400 naming field, value and bound
     */
    public Object read(String name, JsonNode value) {
        Field field = fields.getOrDefault(name, ofClients.get(name));
        if (field == null) {
            throw new IllegalArgumentException("'" + name + "' is no field");
        }
        return FieldReader.read(field, value);
    }

    private static List<Field> fields(Listing listing) {
        ModelEntry.Bounds bounds = listing.model().bounds();
        ModelEntry.Defaults defaults = listing.model().defaults();
        List<Field> all = new ArrayList<>();
        all.add(new Field(
                "prompt",
                Kind.STRING,
                "What to draw, in English or Chinese. References are addressed as \"image 1\", \"image 2\".",
                Field.Bounds.of(1, 4000),
                List.of(),
                null));
        all.add(Field.choice("model", List.of(listing.name()), listing.name(), "The model's name."));
        all.add(Field.picture(
                "image",
                Kind.PICTURES,
                MAX_REFERENCE,
                "A picture to start from: a URL, a data URI or base64; or several."));
        all.add(Field.picture("image_url", Kind.PICTURES, MAX_REFERENCE, "Another name of image."));
        all.add(Field.picture(
                "images",
                Kind.PICTURE_LIST,
                bounds.references(),
                "Pictures to start from, in the order in which they are numbered, before those of image and image_url. References"
                        + " and outputs together are at most 15."));
        addSizes(all);
        addCounts(all, listing);
        all.add(Field.integer("steps", 1, bounds.maxSteps(), defaults.steps(), "Denoising steps."));
        all.add(Field.integer("num_inference_steps", 1, bounds.maxSteps(), null, "Another name of steps."));
        all.add(Field.number(
                "guidance_scale", 0, 100, defaults.guidanceScale(), "How closely the words are followed."));
        all.add(Field.integer("seed", -1, MAX_SEED, -1, "Repeats a picture; -1 draws a random one."));
        all.add(Field.text("negative_prompt", 4000, "What to avoid."));
        addEdits(all);
        addOutputs(all);
        return all;
    }

    private static void addSizes(List<Field> all) {
        all.add(Field.text(
                "size",
                32,
                "WIDTH*HEIGHT (or WIDTHxHEIGHT) in pixels, 1K, 2K, 3K, 4K, a shape such as 16:9, or adaptive. Left out: what the"
                        + " words ask for, else the model's own."));
        all.add(Field.integer("width", 1, 16384, null, "Width in pixels, together with height."));
        all.add(Field.integer("height", 1, 16384, null, "Height in pixels, together with width."));
        all.add(Field.text("image_size", 32, "Another name of size; landscape_4_3 and its like are known as well."));
        all.add(Field.text("resolution", 32, "Another name of size, beside aspect_ratio as a rule: 1K, 2K, 3K or 4K."));
        all.add(Field.text("aspect_ratio", 32, "WIDTH:HEIGHT, beside a size without a shape."));
    }

    private static void addCounts(List<Field> all, Listing listing) {
        int most = listing.model().bounds().images();
        boolean sequential = listing.variant().sequential();
        String several = sequential
                ? "The most pictures that belong together; the words say how many. Left out: as many as they say."
                : "How many pictures.";
        all.add(Field.integer("max_images", 1, most, sequential ? null : 1, several));
        all.add(Field.integer("num_images", 1, most, null, "Another name of max_images."));
        all.add(Field.integer("n", 1, most, null, "Another name of max_images."));
    }

    private static void addEdits(List<Field> all) {
        all.add(Field.picture(
                "mask",
                Kind.PICTURE,
                MAX_REFERENCE,
                "White, or transparent, where the first picture may change; where it is black or opaque every byte stays. Any size,"
                        + " stretched over the picture."));
        all.add(Field.picture("mask_image", Kind.PICTURE, MAX_REFERENCE, "Another name of mask."));
        all.add(Field.number(
                "strength",
                0,
                1,
                null,
                "How far an edit may move from the first picture: 0 not at all, 1 freely. Left out: freely."));
        all.add(
                Field.text(
                        "outpaint",
                        32,
                        "LEFT,TOP,RIGHT,BOTTOM in pixels: the first picture is extended by them, and what is added is painted."));
    }

    private static void addOutputs(List<Field> all) {
        all.add(Field.choice("output_format", List.of("png", "jpeg", "webp", "jpg"), "png", "Format of the files."));
        all.add(Field.flag("enable_base64_output", false, "Outputs are data URIs instead of URLs."));
        all.add(Field.choice(
                "response_format", List.of("url", "b64_json"), null, "b64_json is the same as enable_base64_output."));
        all.add(Field.flag("enable_sync_mode", false, "Answer when it is finished, if that takes at most 25 seconds."));
        all.add(Field.flag(
                "enable_prompt_expansion", true, "Whether the words may be put so that the model knows them."));
        all.add(Field.flag("prompt_upsampling", null, "Another name of enable_prompt_expansion."));
        all.add(Field.flag(
                "enable_safety_checker", null, "Known from other services; nothing is checked or held back here."));
        all.add(Field.flag("watermark", false, "A visible mark in the corner."));
        all.add(Field.text("webhook_url", 2000, "Called once with the finished prediction."));
    }

    /** What only the clients of the Images surfaces send; understood everywhere. */
    private static List<Field> ofClients(ModelEntry.Bounds bounds) {
        return List.of(
                Field.flag("stream", false, "Whether pictures come as server-sent events."),
                Field.integer("partial_images", 0, 3, 0, "Unfinished pictures sent for each one in a stream."),
                Field.choice(
                        "sequential_image_generation",
                        List.of("disabled", "auto"),
                        null,
                        "Whether several pictures belong together."),
                Field.integer(
                        "sequential_image_generation_options.max_images",
                        1,
                        bounds.images(),
                        null,
                        "The most pictures that belong together."),
                Field.choice(
                        "optimize_prompt_options.mode",
                        List.of("standard", "fast"),
                        null,
                        "Prompts are rewritten in one way only."),
                Field.choice(
                        "background", List.of("auto", "opaque", "transparent"), null, "Pictures here are opaque."));
    }
}
