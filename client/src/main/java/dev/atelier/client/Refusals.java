package dev.atelier.client;

import dev.atelier.api.ErrorBody;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.AtelierException.Details;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** What an answer other than 2xx says. */
final class Refusals {
    private static final int MOST_SHOWN = 500;
    /** Messages begin with the field at fault, where there is one. */
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9_.\\[\\]-]{0,99}): .*", Pattern.DOTALL);

    private Refusals() {}

    /** @param requestId as it was sent */
    static AtelierException of(int status, HttpHeaders headers, byte[] body, String requestId) {
        String message = message(status, body);
        Matcher field = FIELD.matcher(message);
        return new AtelierException(
                code(status),
                message,
                new Details(
                        status,
                        field.matches() ? field.group(1) : "",
                        headers.firstValue("X-Request-ID").orElse(requestId),
                        retryAfter(headers, Instant.now()),
                        null),
                null);
    }

    private static String message(int status, byte[] body) {
        try {
            ErrorBody error = Json.read(body, ErrorBody.class);
            if (error != null && error.message() != null && !error.message().isBlank()) {
                return error.message();
            }
        } catch (JacksonException _) {
            // A proxy's page, of which the beginning is shown.
        }
        String text = new String(body, 0, Math.min(body.length, 4 * MOST_SHOWN), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
        return "HTTP " + status + (shown.isEmpty() ? "" : " " + shown);
    }

    private static Code code(int status) {
        return switch (status) {
            case 401 -> Code.UNAUTHORIZED;
            case 403 -> Code.FORBIDDEN;
            case 404, 410 -> Code.NOT_FOUND;
            case 408 -> Code.TIMEOUT;
            case 409 -> Code.CONFLICT;
            case 413 -> Code.TOO_LARGE;
            case 422 -> Code.UNREADABLE;
            case 429 -> Code.TOO_MANY;
            case 502, 503, 504 -> Code.UNAVAILABLE;
            case 507 -> Code.NO_ROOM;
            default -> status >= 500 ? Code.SERVER : status >= 400 ? Code.INVALID : Code.PROTOCOL;
        };
    }

    /** Seconds or a date (RFC 9110, 10.2.3); zero when there is none, it is past or malformed. */
    static Duration retryAfter(HttpHeaders headers, Instant now) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        } catch (DateTimeParseException _) {
            return Duration.ZERO;
        }
    }
}
