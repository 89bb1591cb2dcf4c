package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.Deleted;
import dev.atelier.api.PredictionPage;
import dev.atelier.api.PredictionView;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Origins;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What has become of predictions. */
@RestController
@Tag(name = "Predictions")
class PredictionController {
    private static final String ONE = "/api/v1/model/prediction/{id}";

    private final PredictionService predictions;
    private final AtlasJson atlas;
    private final Origins origins;
    private final EventStream events;

    PredictionController(PredictionService predictions, AtlasJson atlas, Origins origins, EventStream events) {
        this.predictions = predictions;
        this.atlas = atlas;
        this.origins = origins;
        this.events = events;
    }

    @GetMapping({ONE, ONE + "/"})
    @Operation(summary = "A prediction with its pictures so far")
    ResponseEntity<Answer<PredictionView>> get(@PathVariable String id, ApiKey key, HttpServletRequest request) {
        Prediction prediction = predictions.get(id, key.id());
        return AtlasJson.answer(atlas.owned(prediction, origins.of(request)));
    }

    @PostMapping({ONE + "/cancel", ONE + "/cancel/"})
    @Operation(summary = "Cancel a prediction that waits or is being made")
    ResponseEntity<Answer<PredictionView>> cancel(@PathVariable String id, ApiKey key, HttpServletRequest request) {
        Prediction prediction = predictions.cancel(id, key.id());
        return AtlasJson.answer(atlas.owned(prediction, origins.of(request)));
    }

    @DeleteMapping({ONE, ONE + "/"})
    @Operation(summary = "Delete an ended prediction and its pictures")
    ResponseEntity<Answer<Deleted>> delete(@PathVariable String id, ApiKey key) {
        predictions.delete(id, key.id());
        return AtlasJson.answer(new Deleted(id, true));
    }

    @GetMapping({ONE + "/events", ONE + "/events/"})
    @Operation(summary = "Server-sent events until it ends: progress (with previews), output, done")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    SseEmitter events(@PathVariable String id, ApiKey key, HttpServletRequest request) {
        return events.open(id, key, origins.of(request));
    }

    @GetMapping({"/api/v1/model/predictions", "/api/v1/model/predictions/"})
    @Operation(summary = "This key's predictions, newest first")
    ResponseEntity<PredictionPage> list(
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(defaultValue = "") String cursor,
            ApiKey key,
            HttpServletRequest request) {
        URI base = origins.of(request);
        PredictionService.Page page = predictions.list(cursor, limit, key.id());
        return AtlasJson.ok(new PredictionPage(
                page.predictions().stream().map(p -> atlas.owned(p, base)).toList(), page.next()));
    }
}
