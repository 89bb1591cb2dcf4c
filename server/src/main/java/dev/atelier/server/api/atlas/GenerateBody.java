package dev.atelier.server.api.atlas;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.InputSchema;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of generateImage in both its forms, fields at the top or in {@code input} (which wins), into a request. */
@Component
class GenerateBody {
    private final Catalog catalog;

    GenerateBody(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What a body asks for.
     *
     * @param sync answer when it is finished
     */
    record Asked(GenerationRequest request, boolean base64, boolean sync, String webhookUrl) {}

    /** @throws ApiException 400 or 404 naming field, value and bound */
    Asked read(ObjectNode body) {
        Map<String, JsonNode> fields = merged(body);
        Listing listing = catalog.get(model(fields));
        InputSchema.of(listing).check(fields);
        Values values = new Values(fields);
        return new Asked(
                new GenerationRequest(
                        listing.name(),
                        new Prompt(
                                values.text("prompt"),
                                values.text("negative_prompt"),
                                values.flag("enable_prompt_expansion", true)),
                        new References(
                                images(values),
                                values.text("mask"),
                                values.number("strength", References.MODEL_STRENGTH),
                                values.text("outpaint")),
                        size(values),
                        count(values, listing),
                        new Sampling(
                                (int) values.integer(0, "steps", "num_inference_steps"),
                                values.number("guidance_scale", Sampling.MODEL_GUIDANCE),
                                values.integer(Sampling.RANDOM_SEED, "seed")),
                        new Output(Output.Format.parse(values.text("output_format")), values.flag("watermark", false))),
                values.flag("enable_base64_output", false),
                values.flag("enable_sync_mode", false),
                values.text("webhook_url"));
    }

    private static Map<String, JsonNode> merged(ObjectNode body) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        body.propertyStream().forEach(e -> fields.put(e.getKey(), e.getValue()));
        JsonNode input = fields.remove("input");
        if (input instanceof ObjectNode inner) {
            inner.propertyStream().forEach(e -> fields.put(e.getKey(), e.getValue()));
        } else if (input != null && !input.isNull()) {
            throw ApiException.invalid("input", "is no JSON object");
        }
        return fields;
    }

    private static String model(Map<String, JsonNode> fields) {
        JsonNode model = fields.get("model");
        if (model == null || model.isNull()) {
            throw ApiException.invalid("model", "missing; a name from GET /api/v1/models is needed");
        }
        if (!model.isString()) {
            throw ApiException.invalid("model", "is not of type string");
        }
        return model.stringValue();
    }

    private static List<String> images(Values values) {
        List<String> images = new ArrayList<>(values.texts("images"));
        for (String single : List.of("image", "image_url")) {
            String one = values.text(single);
            if (!one.isEmpty() && !images.contains(one)) {
                images.add(one);
            }
        }
        return images;
    }

    private static SizeWish size(Values values) {
        long width = values.integer(0, "width");
        long height = values.integer(0, "height");
        if (width == 0 && height == 0) {
            return SizeWish.parse(values.text("size"));
        }
        if (width == 0 || height == 0) {
            String missing = width == 0 ? "width" : "height";
            throw ApiException.invalid(missing, "missing; width and height are given together");
        }
        return SizeWish.of((int) width, (int) height);
    }

    private static SequenceWish count(Values values, Listing listing) {
        int images = (int) values.integer(0, "max_images", "num_images", "n");
        return listing.variant().sequential() ? SequenceWish.auto(images) : SequenceWish.disabled(Math.max(1, images));
    }

    /** Checked fields by name; one that is left out or null has its default. */
    private record Values(Map<String, JsonNode> fields) {
        String text(String name) {
            JsonNode value = present(name);
            return value == null ? "" : value.stringValue();
        }

        List<String> texts(String name) {
            JsonNode value = present(name);
            return value == null
                    ? List.of()
                    : value.valueStream().map(JsonNode::stringValue).toList();
        }

        boolean flag(String name, boolean otherwise) {
            JsonNode value = present(name);
            return value == null ? otherwise : value.booleanValue();
        }

        double number(String name, double otherwise) {
            JsonNode value = present(name);
            return value == null ? otherwise : value.doubleValue();
        }

        /** The first of {@code names} that is given. */
        long integer(long otherwise, String... names) {
            for (String name : names) {
                JsonNode value = present(name);
                if (value != null) {
                    return (long) value.doubleValue();
                }
            }
            return otherwise;
        }

        private JsonNode present(String name) {
            JsonNode value = fields.get(name);
            return value == null || value.isNull() ? null : value;
        }
    }
}
