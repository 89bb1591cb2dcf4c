package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.hub.Retry.TransientFailure;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/** GET requests to a hub: redirects followed without giving the token away, answers that are no success explained. */
final class HubHttp implements AutoCloseable {
    private static final int MAX_REDIRECTS = 10;
    private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HubOptions options;
    private final Clock clock;
    private final HttpClient client;

    HubHttp(HubOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        // HTTP/1.1: one connection a file, so that parallel files do not share one flow-control window.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.stallTimeout())
                .build();
    }

    /**
     * One try, redirects followed.
     *
     * @param headers sent along, to every host on the way
     * @return an answer with status 200, 206 or 416, whose body the caller closes
     * @throws HubException for an answer that trying again cannot change
     */
    HttpResponse<InputStream> get(ModelId model, URI address, Map<String, String> headers)
            throws TransientFailure, InterruptedException {
        URI next = address;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = send(next, headers);
            int status = response.statusCode();
            if (status == 200 || status == 206 || status == 416) {
                return response;
            }
            closeBody(response);
            if (!REDIRECTS.contains(status)) {
                throw refusal(model, next, response);
            }
            next = redirectTarget(next, response.headers());
        }
        throw new HubException(Kind.UNAVAILABLE, address + ": more than " + MAX_REDIRECTS + " redirects");
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private HttpResponse<InputStream> send(URI address, Map<String, String> headers)
            throws TransientFailure, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(options.stallTimeout())
                .header("User-Agent", "atelier")
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        if (!options.token().isEmpty() && isOwnHost(address)) {
            request.header("Authorization", "Bearer " + options.token());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new TransientFailure("no answer from " + origin(address) + ": " + Reasons.of(e), e);
        }
    }

    /** Whether {@code address} is on the endpoint's scheme, host and port: the only place the token may go. */
    boolean isOwnHost(URI address) {
        return origin(address).equals(origin(options.endpoint()));
    }

    static String origin(URI address) {
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        return address.getScheme() + "://" + address.getHost() + ":" + port;
    }

    private static URI redirectTarget(URI from, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse("");
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new HubException(Kind.UNAVAILABLE, origin(from) + " redirects to an impossible address", e);
        }
        boolean web = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
        boolean downgrade = "https".equals(from.getScheme()) && "http".equals(target.getScheme());
        if (location.isEmpty() || !web || downgrade || target.getHost() == null) {
            throw new HubException(
                    Kind.UNAVAILABLE,
                    origin(from) + " redirects to " + (downgrade ? "an unencrypted address" : "no web address")
                            + ", which is not followed");
        }
        return target;
    }

    /** What an answer that is neither a success nor a redirect means. */
    private RuntimeException refusal(ModelId model, URI address, HttpResponse<InputStream> response)
            throws TransientFailure {
        int status = response.statusCode();
        String code = response.headers().firstValue("X-Error-Code").orElse("");
        String page = options.endpoint() + "/" + model.repository();
        if (TRANSIENT.contains(status)) {
            Kind kind = status == 429 ? Kind.RATE_LIMITED : Kind.UNAVAILABLE;
            String meaning = status == 429 ? "too many requests" : "the server failed";
            throw new TransientFailure(
                    kind,
                    origin(address) + " answered " + status + " (" + meaning + ")",
                    retryAfter(response),
                    false,
                    null);
        }
        boolean anonymous = options.token().isEmpty();
        if (code.equals("GatedRepo") || status == 403) {
            return new HubException(
                    Kind.GATED,
                    model.repository() + ": access was refused (" + status + "); accept the licence at " + page
                            + (anonymous ? " and set HF_TOKEN" : " with the account that the token belongs to"));
        }
        if (status == 401) {
            return new HubException(
                    Kind.UNAUTHORIZED,
                    model.repository() + ": "
                            + (anonymous
                                    ? "not a public model (401); check the name, or set HF_TOKEN to a token that may read it"
                                    : "the token was refused (401); check HF_TOKEN and the model's name"));
        }
        if (status == 404) {
            return new HubException(
                    Kind.NOT_FOUND,
                    switch (code) {
                        case "RevisionNotFound" ->
                            model.repository() + " has no revision '" + model.revision() + "' (404)";
                        case "EntryNotFound" -> model + " has no file at " + address.getPath() + " (404)";
                        default -> "nothing at " + origin(address) + address.getPath() + " (404); see " + page;
                    });
        }
        return new HubException(Kind.UNAVAILABLE, model + ": " + origin(address) + " answered " + status);
    }

    /** {@code Retry-After} in seconds or as a date; zero when absent or unreadable. */
    private Duration retryAfter(HttpResponse<InputStream> response) {
        String value = response.headers().firstValue("Retry-After").orElse("0").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(clock.instant(), then);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static void closeBody(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            // Only the headers of this answer are used.
        }
    }
}
