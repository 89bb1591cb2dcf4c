package dev.atelier.server.api.images;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a request for images, from JSON or from a form. */
@Component
class ImagesBody {
    private static final long MAX_SEED = (1L << 32) - 1;
    private static final int MAX_PARTIAL_IMAGES = 3;

    private final Catalog catalog;

    ImagesBody(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What a request asks for.
     *
     * @param base64 pictures are answered as base64 instead of URLs
     * @param partialImages unfinished pictures wanted in a stream, 0 to 3
     */
    record Asked(GenerationRequest request, boolean base64, boolean stream, int partialImages) {}

    /** @throws ApiException or {@link InvalidRequestException} naming field, value and bound */
    Asked read(ObjectNode body) {
        Fields fields = new Fields(body);
        GenerationRequest request = new GenerationRequest(
                model(fields),
                prompt(fields),
                references(fields),
                SizeWish.parse(fields.text("size")),
                sequence(fields),
                new Sampling(
                        (int) fields.integer("steps", 0, 0, Sampling.MAX_STEPS),
                        fields.number("guidance_scale", Sampling.MODEL_GUIDANCE),
                        fields.integer("seed", Sampling.RANDOM_SEED, Sampling.RANDOM_SEED, MAX_SEED)),
                new Output(Output.Format.parse(fields.text("output_format")), fields.flag("watermark", false)));
        return new Asked(
                request,
                fields.choice("response_format", List.of("url", "b64_json")).equals("b64_json"),
                fields.flag("stream", false),
                (int) fields.integer("partial_images", 0, 0, MAX_PARTIAL_IMAGES));
    }

    private String model(Fields fields) {
        String model = fields.text("model");
        return model.isEmpty()
                ? catalog.models().iterator().next().id()
                : catalog.get(model).name();
    }

    /**
     * Both modes of {@code optimize_prompt_options} rewrite the prompt; {@code fast} says only how long that may take
     * elsewhere.
     */
    private static Prompt prompt(Fields fields) {
        fields.inner("optimize_prompt_options").choice("mode", List.of("standard", "fast"));
        return new Prompt(fields.text("prompt"), fields.text("negative_prompt"), true);
    }

    private static References references(Fields fields) {
        List<String> images = new ArrayList<>(fields.texts("image"));
        images.addAll(fields.texts("images"));
        return new References(
                images,
                fields.text("mask"),
                fields.number("strength", References.MODEL_STRENGTH),
                fields.text("outpaint"));
    }

    private static SequenceWish sequence(Fields fields) {
        int independent = (int) fields.integer("n", 1, 1, SequenceWish.MAX_IMAGES);
        int together = (int) fields.inner("sequential_image_generation_options")
                .integer("max_images", 0, 1, SequenceWish.MAX_IMAGES);
        return fields.choice("sequential_image_generation", List.of("disabled", "auto"))
                        .equals("auto")
                ? SequenceWish.auto(together)
                : SequenceWish.disabled(independent);
    }
}
