package dev.atelier.server.api.atlas;

import dev.atelier.api.Estimate;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Asked;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.api.RequestReader;
import dev.atelier.server.api.Surface;
import dev.atelier.server.prediction.PredictionService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a request would take, without making it. */
@RestController
@Tag(name = "Predictions")
class CalculateController {
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
    ResponseEntity<Estimate.Body> calculate(HttpServletRequest request, ApiKey key) {
        Asked asked = bodies.read(json.read(request), Surface.ATLAS);
        return AtlasJson.ok(new Estimate.Body(of(asked, predictions.estimate(asked.listing(), asked.request()))));
    }

    static Estimate of(Asked asked, dev.atelier.server.prediction.Estimate estimate) {
        boolean sized = estimate.width() > 0;
        return new Estimate(
                estimate.images(),
                sized ? estimate.width() : null,
                sized ? estimate.height() : null,
                estimate.seconds(),
                estimate.peakBytes(),
                asked.warnings().and(estimate.warnings().sentences()).sentences(),
                estimate.reasons());
    }
}
