package dev.atelier.server.webhook;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    static final TaskDescriptor<Delivery> DELIVERY = TaskDescriptor.of("webhook", Delivery.class);

    /** A delivery that a dying node held is found by its missing heartbeat and made again: at least once. */
    @Bean
    OneTimeTask<Delivery> webhookTask(WebhookDelivery delivery, WebhookSettings settings) {
        return Tasks.oneTime(DELIVERY)
                .onFailure(new Backoff(settings))
                .onDeadExecutionRevive()
                .execute((instance, _) -> delivery.send(instance.getId(), instance.getData()));
    }
}
