package dev.atelier.server.error;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** The two forms of an error: the Atlas surface's, and the one that OpenAI's and Ark's clients read. */
final class ErrorBodies {
    private ErrorBodies() {}

    /** @param field at fault; empty when it is none */
    static Map<String, Object> of(String path, HttpStatus status, String field, String message) {
        return isImagesSurface(path) ? images(status, field, message) : atlas(status, message);
    }

    private static boolean isImagesSurface(String path) {
        return path.startsWith("/v1/") || path.startsWith("/api/v3/");
    }

    private static Map<String, Object> atlas(HttpStatus status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", status.value());
        body.put("message", message);
        body.put("msg", message);
        return body;
    }

    private static Map<String, Object> images(HttpStatus status, String field, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", status.name().toLowerCase(java.util.Locale.ROOT));
        error.put("message", message);
        error.put("param", field.isEmpty() ? null : field);
        error.put(
                "type",
                switch (status) {
                    case UNAUTHORIZED -> "authentication_error";
                    case FORBIDDEN -> "permission_error";
                    case TOO_MANY_REQUESTS -> "rate_limit_error";
                    default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
                });
        return Map.of("error", error);
    }
}
