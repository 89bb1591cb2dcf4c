package dev.atelier.server.error;

import dev.atelier.api.ErrorBody;
import dev.atelier.api.images.ImagesErrorBody;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The two forms of an error: the Atlas surface's, and the one that OpenAI's and Ark's clients read. */
final class ErrorBodies {
    private ErrorBodies() {}

    /** @param field at fault; empty when it is none */
    static Object of(String path, HttpStatus status, String field, String message) {
        return isImagesSurface(path) ? images(status, field, message) : new ErrorBody(status.value(), message);
    }

    private static boolean isImagesSurface(String path) {
        return path.startsWith("/v1/") || path.startsWith("/api/v3/");
    }

    private static ImagesErrorBody images(HttpStatus status, String field, String message) {
        return new ImagesErrorBody(new ImagesErrorBody.Detail(
                status.name().toLowerCase(Locale.ROOT), message, field.isEmpty() ? null : field, type(status)));
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> "rate_limit_error";
            default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
        };
    }
}
