package dev.atelier.server.webhook;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.atelier.api.TerminalEvent;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.outbound.OutboundClient;
import dev.atelier.server.outbound.OutboundException;
import dev.atelier.server.prediction.Prediction;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Deliveries wait in the database, as tasks of db-scheduler, one a prediction. */
@Component
class QueuedWebhooks implements WebhookSender {
    private final OutboundClient outbound;
    private final SchedulerClient scheduler;
    private final TerminalEvents events;
    private final Clock clock;

    QueuedWebhooks(OutboundClient outbound, SchedulerClient scheduler, TerminalEvents events, Clock clock) {
        this.outbound = outbound;
        this.scheduler = scheduler;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void check(String url) {
        try {
            outbound.check(url);
        } catch (OutboundException e) {
            throw ApiException.invalid("webhook_url", e.getMessage());
        }
    }

    @Override
    public void enqueue(Prediction ended) {
        Delivery delivery = new Delivery(ended.order().delivery().webhookUrl(), TerminalEvent.TYPE, events.of(ended));
        scheduler.scheduleIfNotExists(
                WebhookConfiguration.DELIVERY
                        .instance(ended.id())
                        .data(delivery)
                        .build(),
                clock.instant());
    }
}
