package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Asked;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.api.RequestReader;
import dev.atelier.server.api.Surface;
import dev.atelier.server.prediction.Estimate;
import dev.atelier.server.prediction.PredictionService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a request would take, without making it. */
@RestController
@Tag(name = "Predictions")
class CalculateController {
    private static final String FREE = "0";

    private final RequestReader bodies;
    private final JsonBody json;
    private final PredictionService predictions;

    CalculateController(RequestReader bodies, JsonBody json, PredictionService predictions) {
        this.bodies = bodies;
        this.json = json;
        this.predictions = predictions;
    }

    @PostMapping({"/api/v1/model/calculate", "/api/v1/model/calculate/"})
    @Operation(summary = "What an order would take, without making it")
    ResponseEntity<Object> calculate(HttpServletRequest request, ApiKey key) {
        Asked asked = bodies.read(json.read(request), Surface.ATLAS);
        Estimate estimate = predictions.estimate(asked.request());
        Map<String, Object> data = price();
        data.put("images", estimate.images());
        if (estimate.width() > 0) {
            data.put("width", estimate.width());
            data.put("height", estimate.height());
        }
        data.put("seconds", estimate.seconds());
        data.put("peak_bytes", estimate.peakBytes());
        data.put(
                "warnings",
                asked.warnings().and(estimate.warnings().sentences()).sentences());
        data.put("reasons", estimate.reasons());
        Map<String, Object> body = price();
        body.put("code", 200);
        body.put("message", "success");
        body.put("data", data);
        return AtlasJson.ok(body);
    }

    private static Map<String, Object> price() {
        Map<String, Object> price = new LinkedHashMap<>();
        price.put("price", FREE);
        price.put("origin_price", FREE);
        price.put("estimated", true);
        return price;
    }
}
