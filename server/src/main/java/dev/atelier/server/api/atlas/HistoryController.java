package dev.atelier.server.api.atlas;

import dev.atelier.api.History;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Origins;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.PredictionService.HistoryFilter;
import dev.atelier.server.prediction.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The history in numbered pages, in the names that the hosted service's clients read. */
@RestController
@Tag(name = "Predictions")
class HistoryController {
    private static final String TIMEOUT = "timeout";
    private static final Map<String, String> OTHER_WORDS = Map.of(
            "created", Status.STARTING.label(),
            "succeeded", Status.COMPLETED.label(),
            "success", Status.COMPLETED.label(),
            "cancelled", Status.CANCELED.label());

    private final PredictionService predictions;
    private final AtlasJson atlas;
    private final Origins origins;
    private final JsonMapper json;

    HistoryController(PredictionService predictions, AtlasJson atlas, Origins origins, JsonMapper json) {
        this.predictions = predictions;
        this.atlas = atlas;
        this.origins = origins;
        this.json = json;
    }

    @GetMapping({"/api/v1/model/history", "/api/v1/model/history/"})
    @Operation(summary = "This key's predictions in numbered pages, with what was asked")
    ResponseEntity<History> history(
            @RequestParam(name = "no", defaultValue = "1") int no,
            @RequestParam(defaultValue = "20") int size,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(name = "sessionID", defaultValue = "") String id,
            @RequestParam(defaultValue = "") String model,
            ApiKey key,
            HttpServletRequest request) {
        return AtlasJson.ok(new History(page(filter(model, id, state, status), no, size, key, origins.of(request))));
    }

    History.Page page(HistoryFilter filter, int no, int size, ApiKey key, URI base) {
        PredictionService.NumberedPage page = predictions.history(filter, no, size, key.id());
        return new History.Page(
                page.total(),
                no,
                size,
                page.predictions().stream().map(p -> item(p, base)).toList());
    }

    /** Clients call the filter {@code state} or {@code status}. */
    static HistoryFilter filter(String model, String id, String state, String status) {
        String field = state.isEmpty() ? "status" : "state";
        String word = (state.isEmpty() ? status : state).toLowerCase(Locale.ROOT);
        if (word.equals(TIMEOUT)) {
            return new HistoryFilter(model, Status.FAILED.label(), Failure.Reason.DEADLINE.label(), id);
        }
        String label = OTHER_WORDS.getOrDefault(word, word);
        List<String> labels = Arrays.stream(Status.values()).map(Status::label).toList();
        if (!label.isEmpty() && !labels.contains(label)) {
            throw ApiException.invalid(field, "is none of " + labels + ", created, succeeded, timeout");
        }
        return new HistoryFilter(model, label, "", id);
    }

    private History.Item item(Prediction prediction, URI base) {
        return new History.Item(
                prediction.id(),
                prediction.order().request().model(),
                AtlasJson.state(prediction.status().waits() ? Status.STARTING : prediction.status()),
                prediction.times().createdAt().getEpochSecond(),
                json.writeValueAsString(atlas.ordered(prediction, base)),
                atlas.prediction(prediction, base));
    }
}
