package dev.atelier.server.api;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.TemplateUse;
import dev.atelier.prompt.template.FilledTemplate;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ListingSchema;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a body asks for, the same for every surface: the fields that the model's schema lists, at the top or in {@code input},
 * from JSON or from a form. Fields that are not known, and known ones that do nothing, are told of.
 */
@Component
public class RequestReader {
    private static final String MOST_TOGETHER = "sequential_image_generation_options.max_images";

    private final Catalog catalog;

    RequestReader(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @throws ApiException or {@link InvalidRequestException} naming field, value and bound; 404 for a model that there is not */
    public Asked read(ObjectNode body, Surface surface) {
        var given = GivenFields.of(body);
        Listing listing = listing(given.remove("model"), surface);
        TemplateFields.Taken taken = TemplateFields.take(given);
        Optional<FilledTemplate> template = taken.template();
        FieldValues values = new FieldValues(given, ListingSchema.of(listing));
        if (taken.idle()) {
            values.noEffect("slots", "without template");
        }
        if (!listing.known()) {
            values.tell("model: '" + listing.name() + "' is not in the catalog; "
                    + listing.model().id() + " serves it");
        }
        requireOpaque(values, listing);
        GenerationRequest request = new GenerationRequest(
                listing.name(),
                prompt(values, template),
                references(values),
                SizeFields.read(values),
                template.map(filled -> sequence(values, filled)).orElseGet(() -> sequence(values, listing, surface)),
                new Sampling(
                        (int) (long) values.first(0L, "steps", "num_inference_steps"),
                        values.get("guidance_scale", Sampling.MODEL_GUIDANCE),
                        values.get("seed", Sampling.RANDOM_SEED)),
                new Output(Output.Format.parse(values.get("output_format", "")), values.get("watermark", false)),
                template.map(FilledTemplate::use).orElse(TemplateUse.NONE));
        Asked.Reply reply = reply(values, surface);
        return new Asked(listing, request, reply, values.get("webhook_url", ""), new Warnings(values.told()));
    }

    private Listing listing(JsonNode model, Surface surface) {
        if (model == null || model.isString() && model.stringValue().isBlank()) {
            if (surface == Surface.ATLAS) {
                throw ApiException.invalid("model", "missing; a name from GET /api/v1/models is needed");
            }
            return catalog.first();
        }
        if (!model.isString()) {
            throw ApiException.invalid("model", "is not of type string");
        }
        return catalog.get(model.stringValue());
    }

    private static void requireOpaque(FieldValues values, Listing listing) {
        if (values.get("background", "").equals("transparent")) {
            throw ApiException.invalid(
                    "background",
                    "'transparent' is nothing that " + listing.model().id() + " makes; opaque or auto is");
        }
    }

    private static Prompt prompt(FieldValues values, Optional<FilledTemplate> template) {
        if (values.get("optimize_prompt_options.mode", "").equals("fast")) {
            values.noEffect("optimize_prompt_options.mode", "as 'fast': prompts are rewritten in one way only");
        }
        String given = values.get("prompt", "");
        if (template.isPresent()
                && !given.isEmpty()
                && !given.equals(template.get().text())) {
            values.noEffect("prompt", "beside template");
        }
        return new Prompt(
                template.map(FilledTemplate::text).orElse(given),
                values.get("negative_prompt", ""),
                values.first(true, "enable_prompt_expansion", "prompt_upsampling"));
    }

    /** Every picture that any field names, those of the list first; one that it names already is the same. */
    private static References references(FieldValues values) {
        List<String> images = new ArrayList<>(values.pictures("images"));
        for (String name : List.of("image", "image_url")) {
            List<String> before = List.copyOf(images);
            values.pictures(name).stream().filter(one -> !before.contains(one)).forEach(images::add);
        }
        return new References(
                images,
                values.first("", "mask", "mask_image"),
                values.get("strength", References.MODEL_STRENGTH),
                values.get("outpaint", ""));
    }

    /**
     * Whether the pictures of a prompt belong together: as the request says, else as the model's name says, else as the surface does it. Clients of
     * the Images surfaces expect {@code n} pictures of the whole prompt.
     */
    private static SequenceWish sequence(FieldValues values, Listing listing, Surface surface) {
        Listing.Variant variant = listing.variant();
        boolean byName = variant.sequential() && variant != Listing.Variant.ANY;
        boolean usual = byName || variant.sequential() && surface == Surface.ATLAS;
        boolean together = values.has("sequential_image_generation")
                ? values.get("sequential_image_generation", "").equals("auto")
                : usual;
        if (together) {
            return SequenceWish.auto((int) (long) values.first(0L, MOST_TOGETHER, "max_images", "num_images", "n"));
        }
        if (values.has(MOST_TOGETHER)) {
            values.noEffect(MOST_TOGETHER, "while sequential_image_generation is disabled");
        }
        return SequenceWish.disabled((int) (long) values.first(1L, "max_images", "num_images", "n"));
    }

    /** A template says by itself whether its pictures belong together. */
    private static SequenceWish sequence(FieldValues values, FilledTemplate template) {
        if (values.has("sequential_image_generation")
                && values.get("sequential_image_generation", "").equals("auto") != template.isSeries()) {
            values.noEffect("sequential_image_generation", "beside template, which has its own pictures");
        }
        return template.sequence((int) (long) values.first(0L, MOST_TOGETHER, "max_images", "num_images", "n"));
    }

    private static Asked.Reply reply(FieldValues values, Surface surface) {
        boolean base64 = values.get("enable_base64_output", surface.base64());
        if (values.has("response_format")) {
            boolean asked = values.get("response_format", "").equals("b64_json");
            if (values.has("enable_base64_output") && base64 != asked) {
                values.noEffect("enable_base64_output", "beside response_format");
            }
            base64 = asked;
        }
        boolean stream = values.get("stream", false);
        if (surface.waits() && !values.get("enable_sync_mode", true)) {
            values.noEffect("enable_sync_mode", "on this path, which answers when the pictures are finished");
        }
        if (!surface.waits() && stream) {
            values.noEffect("stream", "on this path; the answer's urls.events is a stream");
        }
        int partial = (int) (long) values.get("partial_images", 0L);
        if (partial > 0 && !(stream && surface.waits())) {
            values.noEffect("partial_images", "without a stream");
        }
        return new Asked.Reply(base64, values.get("enable_sync_mode", false), stream && surface.waits(), partial);
    }
}
