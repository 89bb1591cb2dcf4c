package dev.atelier.server.admission;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Sampling;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.disk.DiskSpace;
import dev.atelier.server.prediction.Estimate;
import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionService.Submission;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.server.webhook.WebhookSender;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Everything between a request and a stored prediction, in its order. */
@Component
public class Admission {
    /** Seeds fit into 32 bits, as clients' number fields hold them. */
    private static final long SEEDS = 1L << 32;

    private final ModelCheck models;
    private final RequestSources sources;
    private final Planner planner;
    private final Estimates estimates;
    private final WebhookSender webhooks;
    private final DiskSpace disk;
    private final AcceptedPredictions accepted;

    Admission(
            ModelCheck models,
            RequestSources sources,
            Planner planner,
            Estimates estimates,
            WebhookSender webhooks,
            DiskSpace disk,
            AcceptedPredictions accepted) {
        this.models = models;
        this.sources = sources;
        this.planner = planner;
        this.estimates = estimates;
        this.webhooks = webhooks;
        this.disk = disk;
        this.accepted = accepted;
    }

    /**
     * Accepts a request: checks it against its model, admits what it brings, plans it, and stores and queues it in one transaction. A
     * submission that the owner has sent before is answered with what that made.
     *
     * @throws dev.atelier.server.error.ApiException 400, 409 (another request under the same submission key), 413, 422, 429,
     *     503 or 507 with the reason
     * @throws dev.atelier.prompt.InvalidRequestException when the plan breaks a bound of the model
     */
    public Prediction accept(Submission submission, Owner owner) {
        Optional<Prediction> earlier = accepted.earlier(submission.once(), owner);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return acceptNew(submission, owner);
        } catch (DuplicateKeyException e) {
            // The same submission has come in at the same moment.
            return accepted.earlier(submission.once(), owner).orElseThrow(() -> e);
        }
    }

    private Prediction acceptNew(Submission submission, Owner owner) {
        Listing listing = submission.listing();
        models.require(submission.request(), listing);
        disk.require();
        accepted.requireRoom();
        Prediction.Delivery delivery = submission.delivery();
        if (!delivery.webhookUrl().isEmpty()) {
            webhooks.check(delivery.webhookUrl());
        }
        GenerationRequest admitted = withSeed(submission
                .request()
                .withReferences(sources.admit(submission.request().references(), owner.id())));
        GenerationPlan plan = planner.atOnce(admitted, listing);
        GenerationRequest settled =
                admitted.withReferences(sources.settle(admitted.references(), plan, listing.model(), owner.id()));
        Prediction.Order order =
                new Prediction.Order(settled, plan, listing.model().id(), delivery, owner.priority());
        Warnings warnings = submission.warnings().and(plan.warnings()).and(models.idle(settled, listing.model()));
        Status waits = planner.isRefinedLater(settled) ? Status.PLANNING : Status.STARTING;
        return accepted.store(order, waits, warnings, owner, submission.once());
    }

    private static GenerationRequest withSeed(GenerationRequest request) {
        Sampling sampling = request.sampling();
        return sampling.seed() == Sampling.RANDOM_SEED
                ? request.withSampling(new Sampling(
                        sampling.steps(),
                        sampling.guidanceScale(),
                        ThreadLocalRandom.current().nextLong(SEEDS)))
                : request;
    }

    /**
     * What {@link #accept} of this request would take, and what it would warn of.
     *
     * @throws dev.atelier.server.error.ApiException as {@link #accept} for a request that breaks a bound
     */
    public Estimate estimate(Listing listing, GenerationRequest request) {
        models.require(request, listing);
        GenerationPlan plan = planner.atOnce(request, listing);
        return estimates.of(request, plan, models.idle(request, listing.model()), listing.model());
    }
}
