package dev.atelier.server.error;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/**
 * A failure that the caller is told of: an HTTP status and a message that names field, value and bound. Each surface renders it
 * in its own JSON.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String field;
    private final transient Duration retryAfter;

    private ApiException(HttpStatus status, String field, String message, Duration retryAfter) {
        super(field.isEmpty() ? message : field + ": " + message);
        this.status = status;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** 400: {@code field} is malformed or out of bounds. */
    public static ApiException invalid(String field, String message) {
        return of(HttpStatus.BAD_REQUEST, field, message);
    }

    /** 422: {@code field} is a picture that cannot be read. */
    public static ApiException unreadable(String field, String message) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, field, message);
    }

    /** 413: {@code field} is too large. */
    public static ApiException tooLarge(String field, String message) {
        return of(HttpStatus.CONTENT_TOO_LARGE, field, message);
    }

    /** 404: there is none, or it is another key's. */
    public static ApiException notFound(String message) {
        return of(HttpStatus.NOT_FOUND, "", message);
    }

    /** 409: not in the state that this needs. */
    public static ApiException conflict(String message) {
        return of(HttpStatus.CONFLICT, "", message);
    }

    /** 429: too often; {@code retryAfter} says when to try again. */
    public static ApiException tooMany(String message, Duration retryAfter) {
        return new ApiException(HttpStatus.TOO_MANY_REQUESTS, "", message, retryAfter);
    }

    /** 503: not now; {@code retryAfter} says when to try again. */
    public static ApiException unavailable(String message, Duration retryAfter) {
        return new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "", message, retryAfter);
    }

    /** 507: there is no room for it; {@code retryAfter} says when to try again. */
    public static ApiException insufficientStorage(String message, Duration retryAfter) {
        return new ApiException(HttpStatus.INSUFFICIENT_STORAGE, "", message, retryAfter);
    }

    /** Any other status; {@code field} may be empty. */
    public static ApiException of(HttpStatus status, String field, String message) {
        return new ApiException(status, field, message, Duration.ZERO);
    }

    /** What was accepted has failed; {@code message} names {@code field} already, which may be empty. */
    public static ApiException failed(HttpStatus status, String field, String message) {
        return new ApiException(
                status, field, message.replaceFirst("^" + Pattern.quote(field + ": "), ""), Duration.ZERO);
    }

    public HttpStatus status() {
        return status;
    }

    /** The field at fault; empty when it is none. */
    public String field() {
        return field;
    }

    /** When to try again; zero when that is not said. */
    public Duration retryAfter() {
        return retryAfter == null ? Duration.ZERO : retryAfter;
    }
}
