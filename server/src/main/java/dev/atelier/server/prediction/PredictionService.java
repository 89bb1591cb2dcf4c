package dev.atelier.server.prediction;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.server.catalog.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Predictions as the surfaces see them: each owner sees its own only. */
public interface PredictionService {
    /**
     * Accepts a request: checks it against its model, admits its references, plans it, and stores and queues it in one
     * transaction. Once this returns, nothing loses it. A submission that the owner has sent before is answered with what that made.
     *
     * @throws dev.atelier.server.error.ApiException 400, 409 (another request under the same submission key), 422, 429,
     *     503 or 507 with the reason
     * @throws dev.atelier.prompt.InvalidRequestException when the plan breaks a bound of the model
     */
    Prediction submit(Submission submission, Owner owner);

    /**
     * What {@link #submit} of this request would take, and what it would warn of.
     *
     * @throws dev.atelier.server.error.ApiException as {@link #submit} for a request that breaks a bound
     */
    Estimate estimate(Listing listing, GenerationRequest request);

    /** @throws dev.atelier.server.error.ApiException 404 when there is none of this owner */
    Prediction get(String id, String owner);

    /**
     * Waits, without holding a platform thread, until the prediction has ended or {@code timeout} has passed.
     *
     * @return the prediction as it is then, ended or not
     */
    Prediction await(String id, String owner, Duration timeout);

    /**
     * Ends it as canceled; one that a worker holds stops after its current step.
     *
     * @throws dev.atelier.server.error.ApiException 404, or 409 when it has ended
     */
    Prediction cancel(String id, String owner);

    /**
     * Removes an ended prediction and its files.
     *
     * @throws dev.atelier.server.error.ApiException 404, or 409 when it has not ended
     */
    void delete(String id, String owner);

    /**
     * The owner's predictions, newest first.
     *
     * @param cursor {@link Page#next} of the page before; empty: the first page
     * @param limit 1 to 100
     */
    Page list(String cursor, int limit, String owner);

    /**
     * The owner's predictions in numbered pages, newest first.
     *
     * @param page from 1
     * @param size predictions on a page, 1 to 100
     */
    NumberedPage history(HistoryFilter filter, int page, int size, String owner);

    /**
     * Hears the events of a prediction until it ends or the subscription is closed: first the outputs that are there, then what
     * follows, {@link PredictionEvent.Done} last. Also when another node makes it (without previews then).
     *
     * @throws dev.atelier.server.error.ApiException 404
     */
    Subscription watch(String id, String owner, Consumer<PredictionEvent> listener);

    /**
     * @param listing the catalog's entry for the request's model
     * @param warnings what the surface has to tell of the request, such as fields that it does not know
     * @param once what this is the same as; {@link SubmissionKey#NONE}: a new one
     */
    record Submission(
            Listing listing,
            GenerationRequest request,
            Prediction.Delivery delivery,
            Warnings warnings,
            SubmissionKey once) {}

    /**
     * Hears of all predictions of the owner until the subscription is closed: those that have not ended first, then what happens to them
     * and to those that come. Also when other nodes accept and make them (without previews then).
     *
     * @param since when the last event was told that the listener has heard; what has ended or come since is told first, the last ten
     *     seconds before it again. Null: only from now on
     * @throws dev.atelier.server.error.ApiException 429 when the owner has too many such subscriptions
     */
    Subscription follow(String owner, Instant since, Consumer<KeyEvent> listener);

    /**
     * @param next cursor of the next page; empty on the last
     */
    record Page(List<Prediction> predictions, String next) {}

    /**
     * @param total predictions on all pages together
     */
    record NumberedPage(List<Prediction> predictions, long total) {}

    /**
     * What a history is narrowed to; empty texts: everything.
     *
     * @param model as it was asked for
     * @param status label of a {@link Status}; {@code starting} is all that waits
     * @param reason label of a {@link Failure.Reason}
     * @param id of a prediction
     */
    record HistoryFilter(String model, String status, String reason, String id) {
        /** Labels of the states that are meant. */
        Set<String> statuses() {
            return Arrays.stream(Status.values())
                    .filter(one -> status.isEmpty()
                            || one.label().equals(status)
                            || one.waits() && status.equals(Status.STARTING.label()))
                    .map(Status::label)
                    .collect(Collectors.toSet());
        }
    }

    /** Ends the watching. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
