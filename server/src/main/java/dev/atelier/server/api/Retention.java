package dev.atelier.server.api;

import dev.atelier.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** How long a caller wants files and requests kept, by the headers of the Atlas surface. */
public final class Retention {
    private static final int MAX_HOURS = 336;

    private Retention() {}

    /** {@code X-AtlasCloud-Object-Expiration-Hours}, 1 to 336; {@code otherwise} when it is not sent. */
    public static Duration files(HttpServletRequest request, Duration otherwise) {
        return hours(request, "X-AtlasCloud-Object-Expiration-Hours", 1, otherwise);
    }

    /** {@code X-AtlasCloud-Request-Retention-Hours}, 0 to 336; {@code otherwise} when it is not sent. */
    public static Duration requests(HttpServletRequest request, Duration otherwise) {
        return hours(request, "X-AtlasCloud-Request-Retention-Hours", 0, otherwise);
    }

    private static Duration hours(HttpServletRequest request, String header, int atLeast, Duration otherwise) {
        String value = request.getHeader(header);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < atLeast || Integer.parseInt(value) > MAX_HOURS) {
            String shown = value.length() <= 20 ? value : value.substring(0, 20) + "…";
            throw ApiException.invalid(header, "'" + shown + "' is not in " + atLeast + " to " + MAX_HOURS);
        }
        return Duration.ofHours(Integer.parseInt(value));
    }
}
