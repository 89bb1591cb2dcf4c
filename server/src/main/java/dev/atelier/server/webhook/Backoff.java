package dev.atelier.server.webhook;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a failed delivery again after a pause that doubles up to a bound, and gives it up after the last attempt. */
final class Backoff implements FailureHandler<Delivery> {
    private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);

    private final WebhookSettings settings;

    Backoff(WebhookSettings settings) {
        this.settings = settings;
    }

    @Override
    public void onFailure(ExecutionComplete failed, ExecutionOperations<Delivery> operations) {
        int attempts = failed.getExecution().consecutiveFailures + 1;
        String id = failed.getExecution().taskInstance.getId();
        String reason = failed.getCause().map(Throwable::getMessage).orElse("unknown");
        if (attempts >= settings.attempts()) {
            LOG.warn("webhook of {} given up after {} attempts: {}", id, attempts, reason);
            operations.stop();
            return;
        }
        Duration pause = pause(attempts);
        LOG.info("webhook of {} failed (attempt {}): {}; tried again in {} s", id, attempts, reason, pause.toSeconds());
        operations.reschedule(failed, failed.getTimeDone().plus(pause));
    }

    /** @param attempts failed so far, 1 or more */
    private Duration pause(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        Duration pause = settings.firstPause().multipliedBy(1L << doublings);
        return pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause;
    }
}
