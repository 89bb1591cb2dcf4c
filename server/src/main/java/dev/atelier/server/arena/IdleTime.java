package dev.atelier.server.arena;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether anybody else needs the devices. */
@Component
class IdleTime {
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration after;
    private final AtomicReference<Instant> lastBusy = new AtomicReference<>(Instant.MIN);

    IdleTime(JdbcClient jdbc, ArenaSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.after = settings.idleAfter();
    }

    /** Whether an order of somebody else's waits or is being made. */
    boolean isBusy() {
        int open =
                jdbc.sql("""
                SELECT COUNT(*) FROM prediction WHERE status IN ('planning', 'starting', 'processing') AND owner <> :arena\
                """).param("arena", Arena.OWNER).query(Integer.class).single();
        if (open > 0) {
            lastBusy.set(clock.instant());
        }
        return open > 0;
    }

    /** Whether nobody has needed the devices for as long as the settings say. */
    boolean isIdle() {
        return !isBusy() && !lastBusy.get().isAfter(clock.instant().minus(after));
    }

    /** The arena's own orders that have not ended. */
    List<String> ownOrders() {
        return jdbc.sql(
                        "SELECT id FROM prediction WHERE status IN ('planning', 'starting', 'processing') AND owner = :arena")
                .param("arena", Arena.OWNER)
                .query(String.class)
                .list();
    }
}
