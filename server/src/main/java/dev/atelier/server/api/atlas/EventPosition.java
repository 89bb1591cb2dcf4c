package dev.atelier.server.api.atlas;

import dev.atelier.server.error.ApiException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Ids of events: microseconds since 1970, as databases keep times. */
final class EventPosition {
    private static final String FORM = "[0-9]{1,18}";

    private EventPosition() {}

    static long of(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /**
     * @param id of the last event heard; null or empty: none
     * @return null for none
     * @throws ApiException 400 when this service gave no such id
     */
    static Instant parse(String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!id.matches(FORM)) {
            String shown = id.length() <= 40 ? id : id.substring(0, 40) + "…";
            throw ApiException.invalid("Last-Event-ID", "'" + shown + "' is no id of an event of this service");
        }
        return Instant.EPOCH.plus(Long.parseLong(id), ChronoUnit.MICROS);
    }
}
