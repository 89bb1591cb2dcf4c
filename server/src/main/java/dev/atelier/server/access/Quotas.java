package dev.atelier.server.access;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.usage.UsageRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Holds keys to their images a day. */
@Component
public class Quotas {
    private final JdbcClient jdbc;
    private final UsageRecords usage;

    Quotas(JdbcClient jdbc, UsageRecords usage) {
        this.jdbc = jdbc;
        this.usage = usage;
    }

    /**
     * In the transaction that stores the prediction: the key's row is locked, so two requests at once cannot both take the last
     * image of the day.
     *
     * @throws ApiException 429 when {@code images} more are over the key's quota; it says when the next day begins
     */
    public void require(ApiKey key, int images, Instant now) {
        int quota = key.limits().imagesPerDay();
        if (quota == 0) {
            return;
        }
        jdbc.sql("SELECT id FROM api_key WHERE id = :id FOR UPDATE")
                .param("id", key.id())
                .query(String.class)
                .optional();
        long used = usage.imagesOfDay(key.id(), now);
        if (used + images > quota) {
            throw ApiException.tooMany(
                    "daily quota: " + used + " of " + quota + " images are used and " + images + " more are asked for",
                    untilTomorrow(now));
        }
    }

    private static Duration untilTomorrow(Instant now) {
        Instant tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return Duration.between(now, tomorrow);
    }
}
