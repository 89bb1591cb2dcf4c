package dev.atelier.server.queue;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.prediction.Estimate;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionId;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.PredictionService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/** Predictions behind the queue: what is submitted is stored and waiting once the answer goes out. */
@Service
class QueuedPredictions implements PredictionService {
    private static final int MAX_PAGE = 100;

    private final Admission admission;
    private final PredictionRepository predictions;
    private final Submissions submissions;
    private final Ledger ledger;
    private final Watching watching;
    private final MediaStore media;
    private final Estimates estimates;

    QueuedPredictions(
            Admission admission,
            PredictionRepository predictions,
            Submissions submissions,
            Ledger ledger,
            Watching watching,
            MediaStore media,
            Estimates estimates) {
        this.admission = admission;
        this.predictions = predictions;
        this.submissions = submissions;
        this.ledger = ledger;
        this.watching = watching;
        this.media = media;
        this.estimates = estimates;
    }

    /** The ways to hear of predictions. */
    @Component
    record Watching(PredictionSubscriptions one, KeyWatches all, PredictionEvents events) {}

    @Override
    public Prediction submit(Submission submission, ApiKey key) {
        Optional<Prediction> earlier = submissions.find(submission.once(), key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return accept(submission, key);
        } catch (DuplicateKeyException e) {
            return submissions.find(submission.once(), key).orElseThrow(() -> e);
        }
    }

    private Prediction accept(Submission submission, ApiKey key) {
        GenerationRequest request = submission.request();
        Prediction.Delivery delivery = submission.delivery();
        Listing listing = admission.listing(request);
        admission.requireRoom();
        GenerationRequest admitted = admission.admit(request, delivery, listing, key);
        GenerationPlan plan = admission.plan(admitted, listing);
        GenerationRequest settled = admission.settle(admitted, plan, listing, key);
        return admission.store(
                new Prediction.Order(
                        settled,
                        plan,
                        listing.model().id(),
                        delivery,
                        key.limits().priority()),
                submission.warnings().and(plan.warnings()).and(admission.idle(settled, listing)),
                key,
                submission.once());
    }

    @Override
    public Estimate estimate(GenerationRequest request) {
        Listing listing = admission.listing(request);
        return estimates.of(
                request, admission.plan(request, listing), admission.idle(request, listing), listing.model());
    }

    @Override
    public Prediction get(String id, ApiKey key) {
        if (PredictionId.isValid(id)) {
            Prediction found = predictions.find(id).orElse(null);
            if (found != null && found.owner().equals(key.id())) {
                return found;
            }
        }
        throw ApiException.notFound("prediction: there is none with this id");
    }

    @Override
    public Prediction await(String id, ApiKey key, Duration timeout) {
        CompletableFuture<Prediction> done = new CompletableFuture<>();
        Consumer<PredictionEvent> listener = event -> {
            if (event instanceof PredictionEvent.Done(Prediction prediction)) {
                done.complete(prediction);
            }
        };
        try (Subscription _ = watch(id, key, listener)) {
            return done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return get(id, key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return get(id, key);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public Prediction cancel(String id, ApiKey key) {
        Prediction prediction = get(id, key);
        return ledger.cancel(id)
                .orElseThrow(() -> ApiException.conflict("prediction " + id + " has ended as "
                        + prediction.status().label() + "; only one that waits or is being" + " made can be canceled"));
    }

    @Override
    public void delete(String id, ApiKey key) {
        Prediction prediction = get(id, key);
        if (!predictions.delete(id)) {
            throw ApiException.conflict("prediction " + id + " is "
                    + prediction.status().label() + "; only an ended one can be deleted, cancel it first");
        }
        deleteFiles(prediction);
        watching.events().publish(prediction.owner(), new KeyEvent.Deleted(id));
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
    public Page list(String cursor, int limit, ApiKey key) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ApiException.invalid("limit", limit + " is not in 1 to " + MAX_PAGE);
        }
        if (!cursor.isEmpty() && !PredictionId.isValid(cursor)) {
            throw ApiException.invalid("cursor", "is not a cursor that this service issued");
        }
        List<Prediction> found = predictions.list(key.id(), cursor, limit + 1);
        if (found.size() <= limit) {
            return new Page(found, "");
        }
        List<Prediction> page = found.subList(0, limit);
        return new Page(page, page.getLast().id());
    }

    @Override
    public NumberedPage history(HistoryFilter filter, int page, int size, ApiKey key) {
        if (size < 1 || size > MAX_PAGE) {
            throw ApiException.invalid("size", size + " is not in 1 to " + MAX_PAGE);
        }
        if (page < 1 || page > 1_000_000) {
            throw ApiException.invalid("no", page + " is not in 1 to 1,000,000");
        }
        return new NumberedPage(
                predictions.page(key.id(), filter, (page - 1) * size, size), predictions.count(key.id(), filter));
    }

    @Override
    public Subscription watch(String id, ApiKey key, Consumer<PredictionEvent> listener) {
        return watching.one().watch(get(id, key), listener);
    }

    @Override
    public Subscription follow(ApiKey key, Instant since, Consumer<KeyEvent> listener) {
        return watching.all().follow(key.id(), since, listener);
    }
}
