package dev.atelier.client;

import dev.atelier.api.Answer;
import dev.atelier.api.Deleted;
import dev.atelier.api.Estimate;
import dev.atelier.api.Jwks;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionPage;
import dev.atelier.api.PredictionView;
import dev.atelier.api.Submitted;
import dev.atelier.api.Upload;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.AtelierException.Details;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/**
 * A running service from Java. For any number of threads; open one and keep it. Calls block and may be made from virtual threads; those
 * that wait have a twin that answers with a future, whose cancellation ends the call. Every failure is an {@link AtelierException}. What
 * may safely be sent again is, within {@link RetryPolicy}; nothing waits without a bound.
 */
public final class AtelierClient implements ImageService {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String PREDICTION = "/api/v1/model/prediction/";
    private static final TypeReference<Answer<PredictionView>> ONE = new TypeReference<>() {};
    private static final TypeReference<Answer<List<ModelView>>> MODELS = new TypeReference<>() {};
    private static final TypeReference<Answer<Deleted>> DELETED = new TypeReference<>() {};
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);
    private static final int PAGE = 100;

    private final HttpClient http;
    private final Transport transport;
    private final Media media;
    private final Duration call;
    private volatile String firstModel = "";

    AtelierClient(HttpClient http, Settings settings, Time time) {
        this.http = http;
        this.transport = new Transport(http, settings, time);
        this.media = new Media(transport);
        this.call = settings.timeouts().call();
    }

    /** @param base such as {@code http://localhost:8080} */
    public static AtelierClientBuilder at(URI base) {
        return new AtelierClientBuilder(base);
    }

    /** @param base such as {@code http://localhost:8080} */
    public static AtelierClientBuilder at(String base) {
        return at(URI.create(base));
    }

    /** Orders pictures; answers as soon as the service has stored the order, which survives the service's end. */
    public PredictionView submit(ImageOrder order) {
        ImageOrder complete = named(order);
        Call submission = Call.post(path(GENERATE), call)
                .json(complete.fields())
                .with(complete.headers())
                .safeToRepeat();
        return some(transport.json(submission, Submitted.class).data());
    }

    public CompletableFuture<PredictionView> submitAsync(ImageOrder order) {
        return Background.run("atelier-submit", () -> submit(order));
    }

    /** What an order would take; nothing is made. */
    public Estimate estimate(ImageOrder order) {
        Call question = Call.post(path("/api/v1/model/calculate"), call)
                .json(named(order).fields())
                .safeToRepeat();
        return some(transport.json(question, Estimate.Body.class).data());
    }

    /** A prediction as it is now, with its pictures so far. */
    public PredictionView get(String id) {
        return some(transport
                .json(Call.get(path(PREDICTION + name(id)), call), ONE)
                .data());
    }

    /** {@link #await(String, Duration)} as long as the client waits at most. */
    public PredictionView await(String id) {
        return await(id, transport.settings().timeouts().end());
    }

    /**
     * Asks until the prediction has ended, completed or not; a service that is away meanwhile is asked again.
     *
     * @throws AtelierException of code {@code TIMEOUT} when it has not: it is made all the same
     */
    public PredictionView await(String id, Duration longest) {
        long end = transport.time().nanos() + longest.toNanos();
        AtelierException last = null;
        for (Duration look = FIRST_LOOK; ; look = longer(look)) {
            Duration pause = look;
            try {
                PredictionView now = get(id);
                if (ended(now)) {
                    return now;
                }
            } catch (AtelierException e) {
                if (!e.temporary()) {
                    throw e;
                }
                last = e;
                pause = e.retryAfter().compareTo(look) > 0 ? e.retryAfter() : look;
            }
            if (end - transport.time().nanos() <= pause.toNanos()) {
                String message = "prediction " + id + " has not ended within " + longest;
                throw new AtelierException(Code.TIMEOUT, message, Details.NONE, last);
            }
            transport.pause(pause);
        }
    }

    public CompletableFuture<PredictionView> awaitAsync(String id) {
        return Background.run("atelier-await", () -> await(id));
    }

    /** {@link #draw(ImageOrder, Consumer)} without looking on. */
    public PredictionView draw(ImageOrder order) {
        return finished(submit(order), this::await);
    }

    /** Listened to on the calling thread. */
    @Override
    public PredictionView draw(ImageOrder order, Consumer<PredictionEvent> listener) {
        return finished(submit(order), id -> {
            try (EventStream<PredictionEvent> events = events(id)) {
                events.forEachRemaining(listener);
            }
            return get(id);
        });
    }

    /** {@link #draw(ImageOrder)}; whoever cancels the future cancels the order. */
    public CompletableFuture<PredictionView> drawAsync(ImageOrder order) {
        return Background.run("atelier-draw", () -> draw(order));
    }

    /** Progress and pictures of a prediction, to its end: those of a sequence one by one. Close it. */
    public EventStream<PredictionEvent> events(String id) {
        return new EventStream<>(
                PredictionEvents.of(transport, name(id)),
                transport,
                "",
                transport.settings().timeouts().end());
    }

    /** The same as Reactive Streams; each subscriber has a connection of its own. */
    public Flow.Publisher<PredictionEvent> publisher(String id) {
        name(id);
        return new EventPublisher<>(() -> events(id));
    }

    /**
     * All predictions of this key, without an end. Close it.
     *
     * @param lastEventId from {@link EventStream#lastEventId}, to hear what has ended since; empty: only from now on
     */
    public EventStream<PredictionEvent> allEvents(String lastEventId) {
        return new EventStream<>(PredictionEvents.ofAll(transport), transport, lastEventId, null);
    }

    /** @throws AtelierException of code {@code CONFLICT} when it has ended already */
    public PredictionView cancel(String id) {
        return some(transport
                .json(Call.post(path(PREDICTION + name(id) + "/cancel"), call), ONE)
                .data());
    }

    /** Deletes an ended prediction and its pictures. */
    public void delete(String id) {
        transport.json(Call.delete(path(PREDICTION + name(id)), call), DELETED);
    }

    /**
     * A page of this key's predictions, newest first.
     *
     * @param limit 1 to 100
     * @param cursor {@code nextCursor} of the page before; empty: the first page
     */
    public PredictionPage list(int limit, String cursor) {
        String query = "?limit=" + limit + "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return transport.json(Call.get(path("/api/v1/model/predictions" + query), call), PredictionPage.class);
    }

    /** All predictions of this key, newest first, asked for page by page as they are used. */
    public Stream<PredictionView> list() {
        return Stream.iterate(
                        list(PAGE, ""),
                        page -> page != null,
                        page -> page.nextCursor().isEmpty() ? null : list(PAGE, page.nextCursor()))
                .flatMap(page -> page.data().stream());
    }

    /** Names that orders may give. */
    public List<ModelView> models() {
        return some(
                transport.json(Call.get(path("/api/v1/models"), call), MODELS).data());
    }

    /** Stores a picture at the service; the answer's {@code downloadUrl} is a reference of orders. */
    public Upload upload(Path file) throws IOException {
        return some(media.upload(file).data());
    }

    /** @param fileName shown in the answer; the content decides what it is */
    public Upload upload(String fileName, byte[] picture) {
        return some(media.upload(fileName, () -> BodyPublishers.ofByteArray(picture))
                .data());
    }

    public CompletableFuture<Upload> uploadAsync(String fileName, byte[] picture) {
        return Background.run("atelier-upload", () -> upload(fileName, picture));
    }

    @Override
    public byte[] download(String output) {
        return media.download(output);
    }

    /** Whole or not at all: the file appears, or is replaced, when all of it has come. */
    public Path download(String output, Path file) throws IOException {
        return media.download(output, file);
    }

    public CompletableFuture<byte[]> downloadAsync(String output) {
        return Background.run("atelier-download", () -> download(output));
    }

    /** Checks this service's webhooks. */
    public WebhookVerifier webhooks() {
        return new WebhookVerifier(
                () -> transport.json(Call.get(path("/api/v1/webhooks/jwks.json"), call), Jwks.class),
                Clock.systemUTC());
    }

    /** Ends everything that is under way; orders go on at the service. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return "AtelierClient[" + transport.settings() + "]";
    }

    private PredictionView finished(PredictionView accepted, Function<String, PredictionView> wait) {
        PredictionView ended;
        try {
            ended = wait.apply(accepted.id());
        } catch (AtelierException e) {
            if (e.code() == Code.INTERRUPTED) {
                cancelForInterrupted(accepted.id());
            }
            throw e;
        }
        if (ended.state() == PredictionView.State.COMPLETED) {
            return ended;
        }
        boolean canceled = ended.state() == PredictionView.State.CANCELED;
        throw new AtelierException(
                canceled ? Code.CANCELED : Code.FAILED,
                "prediction " + ended.id() + ": " + ended.error(),
                new Details(0, "", "", Duration.ZERO, ended),
                null);
    }

    /** The flag would end this call as well. */
    private void cancelForInterrupted(String id) {
        boolean interrupted = Thread.interrupted();
        try {
            cancel(id);
        } catch (AtelierException _) {
            // It has ended, or the service is away and makes it in vain.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ImageOrder named(ImageOrder order) {
        if (order.hasModel()) {
            return order;
        }
        if (firstModel.isEmpty()) {
            firstModel = models().stream()
                    .findFirst()
                    .map(ModelView::model)
                    .orElseThrow(() -> new AtelierException(Code.NOT_FOUND, "model: the service has none"));
        }
        return order.orModel(firstModel);
    }

    private static boolean ended(PredictionView prediction) {
        return switch (prediction.state()) {
            case COMPLETED, FAILED, CANCELED -> true;
            case null, default -> false;
        };
    }

    private static Duration longer(Duration look) {
        Duration longer = look.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : longer;
    }

    private URI path(String path) {
        return transport.settings().at(path);
    }

    /** As a part of a path. */
    private static String name(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new AtelierException(Code.INVALID, "id: is no id of a prediction");
        }
        return id;
    }

    private static <T> T some(T data) {
        if (data == null) {
            throw new AtelierException(Code.PROTOCOL, "the answer has no 'data'");
        }
        return data;
    }
}
