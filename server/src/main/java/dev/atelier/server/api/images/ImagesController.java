package dev.atelier.server.api.images;

import dev.atelier.api.images.ImagesAnswer;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Asked;
import dev.atelier.server.api.FormPart;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.api.RequestReader;
import dev.atelier.server.api.SubmissionKeys;
import dev.atelier.server.api.Submitter;
import dev.atelier.server.api.Surface;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Pictures from a prompt, with or without references; answered when they are finished, or as a stream. */
@RestController
@Tag(name = "Images (OpenAI and Ark clients)")
@ApiResponse(
        responseCode = "200",
        content = {
            @Content(mediaType = "application/json", schema = @Schema(implementation = ImagesAnswer.class)),
            @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
        })
class ImagesController {
    /** OpenAI's clients wait ten minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Bodies bodies;
    private final Submitter submitter;
    private final PredictionService predictions;
    private final ImagesJson images;
    private final ImageEvents events;

    /** What reads requests. */
    @Component
    record Bodies(RequestReader requests, EditForm forms, JsonBody json) {
        ObjectNode fields(HttpServletRequest request, ApiKey key) {
            return FormPart.isForm(request) ? forms.read(FormPart.of(request), key) : json.read(request);
        }
    }

    ImagesController(
            Bodies bodies, Submitter submitter, PredictionService predictions, ImagesJson images, ImageEvents events) {
        this.bodies = bodies;
        this.submitter = submitter;
        this.predictions = predictions;
        this.images = images;
        this.events = events;
    }

    @PostMapping({"/v1/images/generations", "/api/v3/images/generations"})
    @Operation(summary = "Pictures from a prompt, answered when they are finished or as a stream")
    Object generate(HttpServletRequest request, ApiKey key) {
        return make(bodies.fields(request, key), "image_generation", request, key);
    }

    /** A form with {@code image} parts, or JSON. */
    @PostMapping({"/v1/images/edits", "/api/v3/images/edits"})
    @Operation(summary = "Pictures from a prompt and pictures, as a form or as JSON")
    Object edit(HttpServletRequest request, ApiKey key) {
        return make(bodies.fields(request, key), "image_edit", request, key);
    }

    @PostMapping({"/v1/images/variations", "/api/v3/images/variations"})
    @Operation(summary = "Pictures like a given one, as a form or as JSON")
    Object vary(HttpServletRequest request, ApiKey key) {
        ObjectNode fields = bodies.fields(request, key);
        if (fields.path("prompt").asString("").isBlank() && !fields.has("template")) {
            fields.put("prompt", "a variation of image 1");
        }
        return make(fields, "image_edit", request, key);
    }

    private Object make(ObjectNode fields, String kind, HttpServletRequest request, ApiKey key) {
        Surface surface = Surface.of(request);
        SubmissionKey submission = SubmissionKeys.take(request, fields);
        Asked asked = bodies.requests().read(fields, surface);
        if (kind.equals("image_edit") && asked.request().references().images().isEmpty()) {
            throw ApiException.invalid("image", "missing; at least 1 image is needed");
        }
        Prediction prediction = submitter.submit(request, asked, submission, key.owner());
        if (asked.reply().stream()) {
            ImageEvents.Style style =
                    new ImageEvents.Style(surface, kind, asked.reply().partialImages());
            return events.open(prediction, key, style, LONGEST);
        }
        Prediction ended = predictions.await(prediction.id(), key.id(), LONGEST);
        requireCompleted(ended);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(images.answer(ended, surface));
    }

    private static void requireCompleted(Prediction prediction) {
        Failure failure = prediction.state().failure();
        switch (prediction.status()) {
            case COMPLETED -> {}
            case PLANNING, STARTING, PROCESSING ->
                throw ApiException.unavailable(
                        "not finished within " + LONGEST.toMinutes() + " minutes; it goes on as prediction "
                                + prediction.id(),
                        RETRY);
            case CANCELED -> throw ApiException.conflict(failure.message());
            case FAILED -> throw ApiException.failed(status(failure.reason()), failure.field(), failure.message());
        }
    }

    /** A reference that could not be fetched is found out by the worker, but it is the caller's to mend. */
    private static HttpStatus status(Failure.Reason reason) {
        return switch (reason) {
            case REFERENCE, REQUEST -> HttpStatus.UNPROCESSABLE_CONTENT;
            case DEADLINE -> HttpStatus.GATEWAY_TIMEOUT;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
