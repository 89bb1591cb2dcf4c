package dev.atelier.server.prediction;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One request and what has become of it.
 *
 * @param id {@code pred_} and 26 characters, rising with time, unguessable
 * @param owner id of the key that made it
 * @param outputs the pictures so far, by index; grows while a sequence is being made
 */
public record Prediction(
        String id, String owner, Order order, State state, Times times, List<PredictionOutput> outputs) {
    /**
     * What was ordered.
     *
     * @param request as accepted: references admitted, the seed drawn
     * @param plan what will be made
     * @param servedBy catalog id of the model that serves it, not the alias
     * @param priority higher goes first
     */
    public record Order(
            GenerationRequest request, GenerationPlan plan, String servedBy, Delivery delivery, int priority) {}

    /**
     * How the caller wants to hear of it.
     *
     * @param base the service's origin as the caller sees it; output URLs begin with it
     * @param base64 outputs are data URIs instead of URLs
     * @param webhookUrl called at the end; empty: nobody
     * @param keepFiles how long outputs are kept
     * @param keepRequest how long the prediction itself is kept after its end
     */
    public record Delivery(URI base, boolean base64, String webhookUrl, Duration keepFiles, Duration keepRequest) {}

    /**
     * @param progress 0 to 1
     * @param attempts how often a worker has taken it
     * @param warnings from its admission, and from its making so far
     */
    public record State(Status status, double progress, Failure failure, int attempts, Warnings warnings) {
        /** Why it failed, or did not make all its pictures; empty otherwise. */
        public String error() {
            return failure.message();
        }
    }

    /**
     * @param startedAt when a worker first took it; null before
     * @param completedAt when it ended; null before
     * @param deadline it fails when it has not ended by then
     */
    public record Times(Instant createdAt, Instant startedAt, Instant completedAt, Instant deadline) {}

    public Prediction {
        outputs = List.copyOf(outputs);
    }

    /** The same with another plan, before anything was made of it. */
    public Prediction withPlan(GenerationPlan plan, Warnings warnings) {
        Order planned = new Order(order.request(), plan, order.servedBy(), order.delivery(), order.priority());
        State told = new State(state.status(), state.progress(), state.failure(), state.attempts(), warnings);
        return new Prediction(id, owner, planned, told, times, outputs);
    }

    public Status status() {
        return state.status();
    }

    /** The first picture's seed; picture k has this plus k. */
    public long seed() {
        return order.request().sampling().seed();
    }
}
