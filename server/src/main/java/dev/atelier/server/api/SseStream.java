package dev.atelier.server.api;

import dev.atelier.server.prediction.PredictionService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events to one listener, from a subscription that ends with them. */
public final class SseStream {
    private final SseEmitter emitter;

    private SseStream(Duration longest) {
        emitter = new SseEmitter(longest.toMillis());
    }

    /**
     * Opens a stream of what a subscription tells.
     *
     * @param longest the stream is ended after it
     * @param writer writes events to the stream
     * @param subscribe begins to tell the writer
     */
    public static <E> SseEmitter open(
            Duration longest,
            Function<SseStream, Consumer<E>> writer,
            Function<Consumer<E>, PredictionService.Subscription> subscribe) {
        SseStream stream = new SseStream(longest);
        PredictionService.Subscription subscription = subscribe.apply(writer.apply(stream));
        stream.emitter.onCompletion(subscription::close);
        stream.emitter.onTimeout(() -> {
            subscription.close();
            stream.end();
        });
        stream.emitter.onError(_ -> subscription.close());
        return stream.emitter;
    }

    /** Sends an event with {@code body} as JSON. */
    public void send(String name, Object body) {
        send(SseEmitter.event().name(name).data(body, MediaType.APPLICATION_JSON));
    }

    /** @throws UncheckedIOException when the listener has gone */
    public void send(SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            throw new UncheckedIOException(new IOException("the stream has ended", e));
        }
    }

    public void end() {
        emitter.complete();
    }
}
