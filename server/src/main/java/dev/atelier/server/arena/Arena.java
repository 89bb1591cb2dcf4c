package dev.atelier.server.arena;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.queue.PredictionQueued;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the arena does by itself: battles are made while nobody else needs the devices, and give way to whoever does. */
@Component
class Arena {
    /** Of the arena's orders and files: no key's id. */
    static final String OWNER = "arena";

    private static final Logger log = LoggerFactory.getLogger(Arena.class);

    /** Pictures must be there for as long as a battle is shown. */
    private static final Duration BEFORE_PICTURES_GO = Duration.ofDays(1);

    private final BattleMaker maker;
    private final IdleTime idle;
    private final Contenders contenders;
    private final WeightsHash weights;
    private final ArenaSettings settings;

    Arena(BattleMaker maker, IdleTime idle, Contenders contenders, WeightsHash weights, ArenaSettings settings) {
        this.maker = maker;
        this.idle = idle;
        this.contenders = contenders;
        this.weights = weights;
        this.settings = settings;
    }

    /** Battles that were made before have pictures that may be gone. */
    static Instant shownSince(Clock clock, ArenaSettings settings) {
        return clock.instant().minus(settings.keep()).plus(BEFORE_PICTURES_GO);
    }

    /** One look at what there is to do; one battle at a time is made. */
    void look() {
        giveWay();
        maker.settle();
        hashWeights();
        if (settings.ready() > 0 && idle.ownOrders().isEmpty() && idle.isIdle()) {
            try {
                maker.order();
            } catch (ApiException e) {
                log.info("arena: no battle is made now: {}", e.getMessage());
            }
        }
    }

    /** Somebody's order has come, perhaps the arena's own. Not on the caller's thread: it waits for its answer. */
    @EventListener
    void queued(PredictionQueued event) {
        if (settings.ready() == 0) {
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                giveWay();
            } catch (RuntimeException e) {
                log.debug("arena: looked at again in {}: {}", settings.every(), e.getMessage());
            }
        });
    }

    private void giveWay() {
        List<String> orders = idle.ownOrders();
        if (!orders.isEmpty() && idle.isBusy()) {
            maker.giveWay(orders);
        }
    }

    private void hashWeights() {
        contenders.active().stream()
                .filter(one -> one.weights().isEmpty())
                .forEach(one -> contenders.setWeights(one.name(), weights.of(one.servedBy())));
    }
}
