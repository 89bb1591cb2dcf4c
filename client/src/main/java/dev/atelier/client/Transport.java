package dev.atelier.client;

import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.AtelierException.Details;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** Sends calls, and again where that is safe. The key goes to the service alone: no redirect of the service's is followed with it. */
final class Transport {
    private static final int MOST_JSON = 64 << 20;
    private static final int MOST_FILE = 256 << 20;
    private static final int MOST_REFUSAL = 1 << 20;
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient http;
    private final Settings settings;
    private final Time time;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /** @param http follows no redirects */
    Transport(HttpClient http, Settings settings, Time time) {
        this.http = http;
        this.settings = settings;
        this.time = time;
    }

    Settings settings() {
        return settings;
    }

    Time time() {
        return time;
    }

    /** @throws AtelierException what the last attempt met */
    <T> T json(Call call, TypeReference<T> type) {
        return json(call, body -> Json.read(body, type));
    }

    /** @throws AtelierException what the last attempt met */
    <T> T json(Call call, Class<T> type) {
        return json(call, body -> Json.read(body, type));
    }

    private <T> T json(Call call, Function<byte[], T> reader) {
        String id = UUID.randomUUID().toString();
        byte[] body = repeat(call.repeatable(), () -> accepted(once(call, id, BoundedBody.of(MOST_JSON)), id));
        try {
            T value = reader.apply(body);
            if (value != null) {
                return value;
            }
        } catch (JacksonException _) {
            // Told below: the parser's words are about its own insides.
        }
        throw new AtelierException(
                Code.PROTOCOL, call.uri() + " answered something else than this API", Details.of(id), null);
    }

    /** A file, also from another host; redirects are followed, without the key. */
    byte[] file(URI uri) {
        Duration timeout = settings.timeouts().transfer();
        String id = UUID.randomUUID().toString();
        return repeat(true, () -> {
            URI at = uri;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                HttpResponse<byte[]> answer =
                        once(request(Call.get(at, timeout), id).build(), timeout, id, BoundedBody.of(MOST_FILE));
                if (answer.statusCode() / 100 != 3) {
                    return accepted(answer, id);
                }
                at = redirected(at, answer, id);
            }
            throw new AtelierException(
                    Code.PROTOCOL, uri + ": more than " + MOST_REDIRECTS + " redirects", Details.of(id), null);
        });
    }

    private static URI redirected(URI from, HttpResponse<byte[]> answer, String id) {
        String location = answer.headers().firstValue("Location").orElse("");
        try {
            URI to = from.resolve(location);
            boolean secure = "https".equalsIgnoreCase(to.getScheme());
            if (!location.isEmpty() && (secure || from.getScheme().equalsIgnoreCase(to.getScheme()))) {
                return to;
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw new AtelierException(Code.PROTOCOL, from + ": redirects to '" + location + "'", Details.of(id), null);
    }

    /** A stream of events, open; one attempt. The caller closes it. */
    InputStream open(Call call) {
        String id = UUID.randomUUID().toString();
        HttpResponse<InputStream> answer = once(
                call.with("Accept", "text/event-stream"),
                id,
                info -> info.statusCode() == 200
                        ? BodySubscribers.ofInputStream()
                        : BodySubscribers.mapping(BoundedBody.of(MOST_REFUSAL).apply(info), ByteArrayInputStream::new));
        try (InputStream refusal = answer.statusCode() == 200 ? InputStream.nullInputStream() : answer.body()) {
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw Refusals.of(answer.statusCode(), answer.headers(), refusal.readAllBytes(), id);
        } catch (IOException e) {
            throw lost(call.uri(), id, e);
        }
    }

    private static byte[] accepted(HttpResponse<byte[]> answer, String id) {
        if (answer.statusCode() / 100 == 2) {
            return answer.body();
        }
        throw Refusals.of(answer.statusCode(), answer.headers(), answer.body(), id);
    }

    private <T> T repeat(boolean repeatable, Supplier<T> attempt) {
        for (int failures = 1; ; failures++) {
            try {
                return attempt.get();
            } catch (AtelierException e) {
                boolean safe = repeatable ? e.temporary() : e.refused();
                if (!safe || !settings.retry().allowsAfter(failures, e)) {
                    throw e;
                }
                pause(pauseAfter(failures, e.retryAfter()));
            }
        }
    }

    Duration pauseAfter(int failures, Duration retryAfter) {
        return settings.retry().pause(failures, retryAfter, random);
    }

    /** @throws AtelierException of code {@code INTERRUPTED} */
    void pause(Duration pause) {
        try {
            time.pause(pause);
        } catch (InterruptedException e) {
            throw interrupted("", e);
        }
    }

    private HttpRequest.Builder request(Call call, String id) {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .method(call.method(), call.body().get())
                .setHeader("User-Agent", "atelier-client")
                .setHeader("X-Request-ID", id);
        call.headers().forEach(request::setHeader);
        return request;
    }

    private <T> HttpResponse<T> once(Call call, String id, BodyHandler<T> handler) {
        HttpRequest.Builder request = request(call, id);
        if (!settings.key().isEmpty()) {
            request.setHeader("Authorization", "Bearer " + settings.key());
        }
        return once(request.build(), call.timeout(), id, handler);
    }

    /** The JDK's own timeout ends with the headers; this one ends with the body, where the handler reads it. */
    private <T> HttpResponse<T> once(HttpRequest request, Duration timeout, String id, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AtelierException(
                    Code.TIMEOUT, request.uri() + " did not answer within " + timeout, Details.of(id), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(id, e);
        } catch (ExecutionException e) {
            throw failure(request.uri(), id, e.getCause());
        }
    }

    private static AtelierException failure(URI uri, String id, Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof AtelierException known) {
                return new AtelierException(known.code(), uri + ": " + known.getMessage(), Details.of(id), known);
            }
            if (inner instanceof ConnectException || inner instanceof HttpConnectTimeoutException) {
                String address = uri.getScheme() + "://" + uri.getAuthority();
                return new AtelierException(Code.UNREACHABLE, "nothing answers at " + address, Details.of(id), cause);
            }
        }
        return lost(uri, id, cause);
    }

    private static AtelierException lost(URI uri, String id, Throwable cause) {
        return new AtelierException(Code.DISCONNECTED, "the connection to " + uri + " broke", Details.of(id), cause);
    }

    /** Sets the thread's flag again. */
    static AtelierException interrupted(String id, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AtelierException(Code.INTERRUPTED, "interrupted", Details.of(id), cause);
    }
}
