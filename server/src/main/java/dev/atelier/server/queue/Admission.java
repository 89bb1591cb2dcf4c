package dev.atelier.server.queue;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.prediction.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Everything between a request and a stored prediction. */
@Component
class Admission {
    /** Seeds fit into 32 bits, as clients' number fields hold them. */
    private static final long SEEDS = 1L << 32;

    private static final Duration FULL_QUEUE_RETRY = Duration.ofSeconds(10);

    private final Catalog catalog;
    private final PromptEngineer engineer;
    private final Edge edge;
    private final AcceptedPredictions accepted;
    private final Traces traces;
    private final QueueCapacity capacity;
    private final AtelierProperties properties;

    Admission(
            Catalog catalog,
            PromptEngineer engineer,
            Edge edge,
            AcceptedPredictions accepted,
            Traces traces,
            QueueCapacity capacity,
            AtelierProperties properties) {
        this.catalog = catalog;
        this.engineer = engineer;
        this.edge = edge;
        this.accepted = accepted;
        this.traces = traces;
        this.capacity = capacity;
        this.properties = properties;
    }

    /** The catalog's entry for the name that the request gives, if it can do what is asked. */
    Listing listing(GenerationRequest request) {
        Listing listing = catalog.get(request.model());
        ModelEntry.Bounds bounds = listing.model().bounds();
        int references = request.references().images().size();
        if (listing.variant().needsImages() && references == 0) {
            throw ApiException.invalid("images", "missing; " + listing.name() + " needs 1 to " + bounds.references());
        }
        if (references > bounds.references()) {
            throw ApiException.invalid(
                    "images", references + " references; at most " + bounds.references() + " are allowed");
        }
        if (request.sampling().steps() > bounds.maxSteps()) {
            throw ApiException.invalid(
                    "steps",
                    request.sampling().steps() + " is more than " + bounds.maxSteps() + ", the most that "
                            + listing.name() + " takes");
        }
        return listing;
    }

    /** @throws ApiException 503 when the queue is full, 507 when the disk is */
    void requireRoom() {
        edge.disk().require();
        int most = properties.queue().capacity();
        if (capacity.isFull(most)) {
            throw ApiException.unavailable(
                    "the queue is full: " + most + " predictions wait already", FULL_QUEUE_RETRY);
        }
    }

    /** The request as it is stored: references in their durable form, the seed drawn. */
    GenerationRequest admit(GenerationRequest request, Prediction.Delivery delivery, Listing listing, ApiKey key) {
        if (!delivery.webhookUrl().isEmpty()) {
            edge.webhooks().check(delivery.webhookUrl());
        }
        References given = request.references();
        List<String> images = new ArrayList<>();
        for (int i = 0; i < given.images().size(); i++) {
            images.add(
                    edge.references().admit("images[" + i + "]", given.images().get(i), key));
        }
        String mask = given.mask().isEmpty() ? "" : edge.references().admit("mask", given.mask(), key);
        Sampling sampling = request.sampling();
        long seed = sampling.seed() == Sampling.RANDOM_SEED
                ? ThreadLocalRandom.current().nextLong(SEEDS)
                : sampling.seed();
        return request.withReferences(new References(images, mask, given.strength(), given.outpaint()))
                .withSampling(new Sampling(sampling.steps(), sampling.guidanceScale(), seed));
    }

    GenerationPlan plan(GenerationRequest request, Listing listing) {
        GenerationPlan plan = engineer.plan(request, listing.model().profile());
        if (plan.linked() && request.references().bound()) {
            throw ApiException.invalid(
                    bindingField(request.references()),
                    "belongs to an edit of one picture; this request is a sequence of "
                            + plan.shots().size());
        }
        return plan;
    }

    /** The request with references that are known to suit what is planned. */
    GenerationRequest settle(GenerationRequest admitted, GenerationPlan plan, Listing listing, ApiKey key) {
        return admitted.withReferences(edge.sources().requireSize(admitted.references(), plan, listing.model(), key));
    }

    /** What of the request does nothing with its model. */
    List<String> idle(GenerationRequest request, Listing listing) {
        return edge.sources().idle(request, listing.model());
    }

    private static String bindingField(References references) {
        if (!references.mask().isEmpty()) {
            return "mask";
        }
        return references.outpaint().isEmpty() ? "strength" : "outpaint";
    }

    /** @throws org.springframework.dao.DuplicateKeyException when {@code once} has been stored before */
    Prediction store(Prediction.Order order, Warnings warnings, ApiKey key, SubmissionKey once) {
        Prediction stored = traces.submission(order, trace -> accepted.store(order, warnings, trace, key, once));
        capacity.entered();
        return stored;
    }
}
