package dev.atelier.server.api.atlas;

import dev.atelier.api.Submitted;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.Asked;
import dev.atelier.server.api.JsonBody;
import dev.atelier.server.api.Origins;
import dev.atelier.server.api.RequestReader;
import dev.atelier.server.api.SubmissionKeys;
import dev.atelier.server.api.Submitter;
import dev.atelier.server.api.Surface;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Submissions. */
@RestController
@Tag(name = "Predictions")
class GenerateController {
    /** Clients give up on a POST after 30 seconds. */
    private static final Duration SYNC = Duration.ofSeconds(25);

    private final RequestReader bodies;
    private final JsonBody json;
    private final Submitter submitter;
    private final PredictionService predictions;
    private final AtlasJson atlas;
    private final Origins origins;

    GenerateController(
            RequestReader bodies,
            JsonBody json,
            Submitter submitter,
            PredictionService predictions,
            AtlasJson atlas,
            Origins origins) {
        this.bodies = bodies;
        this.json = json;
        this.submitter = submitter;
        this.predictions = predictions;
        this.atlas = atlas;
        this.origins = origins;
    }

    @PostMapping({"/api/v1/model/generateImage", "/api/v1/model/generateImage/"})
    @Operation(
            summary =
                    "Order pictures; answers at once with the prediction, or when it is finished with enable_sync_mode")
    ResponseEntity<Submitted> generate(HttpServletRequest request, ApiKey key) {
        ObjectNode body = json.read(request);
        SubmissionKey submission = SubmissionKeys.take(request, body);
        Asked asked = bodies.read(body, Surface.ATLAS);
        Prediction prediction = submitter.submit(request, asked, submission, key.owner());
        if (asked.reply().sync()) {
            prediction = predictions.await(prediction.id(), key.id(), SYNC);
        }
        return AtlasJson.ok(atlas.submitted(prediction, origins.of(request)));
    }
}
