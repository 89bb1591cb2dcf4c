package dev.atelier.server.worker;

import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionService.Subscription;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.WorkQueue;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker holds: renews the leases and stops work that is no longer its own. */
final class Leases {
    private static final Logger log = LoggerFactory.getLogger(Leases.class);

    private final WorkQueue queue;
    private final PredictionEvents events;
    private final LeaseOwner holder;
    private volatile ClaimedBatch held;

    Leases(WorkQueue queue, PredictionEvents events, LeaseOwner holder) {
        this.queue = queue;
        this.events = events;
        this.holder = holder;
    }

    LeaseOwner holder() {
        return holder;
    }

    /** Keeps {@code work} alive until the result is closed. */
    Subscription keep(ClaimedBatch work) {
        held = work;
        List<Subscription> ends = work.ids().stream()
                .map(id -> events.subscribe(id, event -> {
                    if (event instanceof PredictionEvent.Done) {
                        work.lose(id);
                    }
                }))
                .toList();
        return () -> {
            ends.forEach(Subscription::close);
            held = null;
        };
    }

    /** Called a few times a lease. */
    void renew() {
        ClaimedBatch work = held;
        if (work == null) {
            return;
        }
        try {
            Set<String> still = queue.renew(work.ids(), holder);
            work.ids().stream().filter(id -> !still.contains(id)).forEach(work::lose);
        } catch (RuntimeException e) {
            log.warn(
                    "the leases of {} could not be renewed; others take them over after {} s: {}",
                    work.ids(),
                    holder.lease().toSeconds(),
                    e.getMessage());
        }
    }

    /** Stops what is being made. */
    void stop() {
        ClaimedBatch work = held;
        if (work != null) {
            work.cancellation().cancel();
        }
    }
}
