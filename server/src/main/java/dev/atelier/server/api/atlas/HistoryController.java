package dev.atelier.server.api.atlas;

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
import java.util.LinkedHashMap;
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
    ResponseEntity<Object> history(
            @RequestParam(name = "no", defaultValue = "1") int no,
            @RequestParam(defaultValue = "20") int size,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(name = "sessionID", defaultValue = "") String id,
            @RequestParam(defaultValue = "") String model,
            ApiKey key,
            HttpServletRequest request) {
        URI base = origins.of(request);
        PredictionService.NumberedPage page = predictions.history(filter(model, id, state, status), no, size, key.id());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("total", page.total());
        data.put("pageNo", no);
        data.put("pageSize", size);
        data.put("items", page.predictions().stream().map(p -> item(p, base)).toList());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", "200");
        body.put("message", "success");
        body.put("data", data);
        return AtlasJson.ok(body);
    }

    /** Clients call the filter {@code state} or {@code status}. */
    private static HistoryFilter filter(String model, String id, String state, String status) {
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

    private Map<String, Object> item(Prediction prediction, URI base) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("ID", prediction.id());
        item.put("model", prediction.order().request().model());
        item.put("status", prediction.status().label());
        item.put("createdAt", prediction.times().createdAt().getEpochSecond());
        item.put("requestBody", json.writeValueAsString(atlas.requestBody(prediction, base)));
        item.put("result", atlas.prediction(prediction, base));
        return item;
    }
}
