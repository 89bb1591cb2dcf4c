package dev.atelier.server.api;

import dev.atelier.server.AtelierProperties;
import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.SubmissionKey;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Submits what a body asks for, with what the request itself says: where its caller sees the service, and how long all is kept. */
@Component
public class Submitter {
    private final PredictionService predictions;
    private final Origins origins;
    private final AtelierProperties.Keep keep;

    Submitter(PredictionService predictions, Origins origins, AtelierProperties properties) {
        this.predictions = predictions;
        this.origins = origins;
        this.keep = properties.keep();
    }

    /** @throws dev.atelier.server.error.ApiException as {@link PredictionService#submit}, and 400 for the headers of {@link Retention} */
    public Prediction submit(HttpServletRequest request, Asked asked, SubmissionKey once, Owner owner) {
        Prediction.Delivery delivery = new Prediction.Delivery(
                origins.of(request),
                asked.reply().base64(),
                asked.webhookUrl(),
                Retention.files(request, keep.files()),
                Retention.requests(request, keep.requests()));
        return predictions.submit(
                new PredictionService.Submission(asked.listing(), asked.request(), delivery, asked.warnings(), once),
                owner);
    }
}
