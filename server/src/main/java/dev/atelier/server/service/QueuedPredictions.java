package dev.atelier.server.service;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.server.admission.Admission;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.prediction.Estimate;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionId;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.queue.KeyWatches;
import dev.atelier.server.queue.Ledger;
import dev.atelier.server.queue.PredictionSubscriptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Predictions behind the queue: what is submitted is stored and waiting once the answer goes out. */
@Service
class QueuedPredictions implements PredictionService {
    private static final int MAX_PAGE = 100;

    private final Admission admission;
    private final PredictionRepository predictions;
    private final Ledger ledger;
    private final PredictionSubscriptions subscriptions;
    private final KeyWatches keyWatches;
    private final PredictionEvents events;
    private final MediaStore media;

    QueuedPredictions(
            Admission admission,
            PredictionRepository predictions,
            Ledger ledger,
            PredictionSubscriptions subscriptions,
            KeyWatches keyWatches,
            PredictionEvents events,
            MediaStore media) {
        this.admission = admission;
        this.predictions = predictions;
        this.ledger = ledger;
        this.subscriptions = subscriptions;
        this.keyWatches = keyWatches;
        this.events = events;
        this.media = media;
    }

    @Override
    public Prediction submit(Submission submission, Owner owner) {
        return admission.accept(submission, owner);
    }

    @Override
    public Estimate estimate(Listing listing, GenerationRequest request) {
        return admission.estimate(listing, request);
    }

    @Override
    public Prediction get(String id, String owner) {
        if (PredictionId.isValid(id)) {
            Prediction found = predictions.find(id).orElse(null);
            if (found != null && found.owner().equals(owner)) {
                return found;
            }
        }
        throw ApiException.notFound("prediction: there is none with this id");
    }

    @Override
    public Prediction await(String id, String owner, Duration timeout) {
        CompletableFuture<Prediction> done = new CompletableFuture<>();
        Consumer<PredictionEvent> listener = event -> {
            if (event instanceof PredictionEvent.Done(Prediction prediction)) {
                done.complete(prediction);
            }
        };
        try (Subscription _ = watch(id, owner, listener)) {
            return done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return get(id, owner);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return get(id, owner);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Prediction cancel(String id, String owner) {
        Prediction prediction = get(id, owner);
        return ledger.cancel(id)
                .orElseThrow(() -> ApiException.conflict("prediction " + id + " has ended as "
                        + prediction.status().label() + "; only one that waits or is being" + " made can be canceled"));
    }

    @Override
    public void delete(String id, String owner) {
        Prediction prediction = get(id, owner);
        if (!predictions.delete(id)) {
            throw ApiException.conflict("prediction " + id + " is "
                    + prediction.status().label() + "; only an ended one can be deleted, cancel it first");
        }
        deleteFiles(prediction);
        events.publish(prediction.owner(), new KeyEvent.Deleted(id));
    }

    private void deleteFiles(Prediction prediction) {
        try {
            for (PredictionOutput output : prediction.outputs()) {
                if (output.succeeded()) {
                    media.delete(output.media());
                }
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    @Override
    public Page list(String cursor, int limit, String owner) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ApiException.invalid("limit", limit + " is not in 1 to " + MAX_PAGE);
        }
        if (!cursor.isEmpty() && !PredictionId.isValid(cursor)) {
            throw ApiException.invalid("cursor", "is not a cursor that this service issued");
        }
        List<Prediction> found = predictions.list(owner, cursor, limit + 1);
        if (found.size() <= limit) {
            return new Page(found, "");
        }
        List<Prediction> page = found.subList(0, limit);
        return new Page(page, page.getLast().id());
    }

    @Override
    public NumberedPage history(HistoryFilter filter, int page, int size, String owner) {
        if (size < 1 || size > MAX_PAGE) {
            throw ApiException.invalid("size", size + " is not in 1 to " + MAX_PAGE);
        }
        if (page < 1 || page > 1_000_000) {
            throw ApiException.invalid("no", page + " is not in 1 to 1,000,000");
        }
        return new NumberedPage(
                predictions.page(owner, filter, (page - 1) * size, size), predictions.count(owner, filter));
    }

    @Override
    public Subscription watch(String id, String owner, Consumer<PredictionEvent> listener) {
        return subscriptions.watch(get(id, owner), listener);
    }

    @Override
    public Subscription follow(String owner, Instant since, Consumer<KeyEvent> listener) {
        return keyWatches.follow(owner, since, listener);
    }
}
