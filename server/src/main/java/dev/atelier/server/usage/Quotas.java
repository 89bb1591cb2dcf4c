package dev.atelier.server.usage;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
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
     * @throws ApiException 429 when {@code images} more are over the owner's quota; it says when the next day begins
     */
    public void require(Owner owner, int images, Instant now) {
        if (owner.imagesPerDay() > 0) {
            lock(owner.id());
            require(owner.id(), owner.imagesPerDay(), images, now);
        }
    }

    /**
     * As {@link #require(Owner, int, Instant)}, by the quota that the owner's key has by now.
     *
     * @param owner id; one that is no key's has no quota
     */
    public void require(String owner, int images, Instant now) {
        int quota = lock(owner).orElse(0);
        if (quota > 0) {
            require(owner, quota, images, now);
        }
    }

    private Optional<Integer> lock(String owner) {
        return jdbc.sql("SELECT images_per_day FROM api_key WHERE id = :id FOR UPDATE")
                .param("id", owner)
                .query(Integer.class)
                .optional();
    }

    private void require(String owner, int quota, int images, Instant now) {
        long used = usage.imagesOfDay(owner, now);
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
