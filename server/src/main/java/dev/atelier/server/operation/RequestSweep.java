package dev.atelier.server.operation;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.atelier.server.admission.Submissions;
import dev.atelier.server.prediction.PredictionRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forgets ended predictions whose time is over, and which submissions made them. Their files have a time of their own. */
@Configuration(proxyBeanMethods = false)
class RequestSweep {
    private static final Logger log = LoggerFactory.getLogger(RequestSweep.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int BATCH = 500;

    @Bean
    RecurringTask<Void> requestSweepTask(PredictionRepository predictions, Submissions submissions, Clock clock) {
        return Tasks.recurring("request-sweep", FixedDelay.of(PAUSE)).execute((_, _) -> {
            sweep(predictions, clock);
            submissions.sweep();
        });
    }

    /** @return how many were forgotten */
    static int sweep(PredictionRepository predictions, Clock clock) {
        int forgotten = 0;
        List<String> expired;
        do {
            expired = predictions.expired(clock.instant(), BATCH);
            forgotten += expired.stream()
                    .mapToInt(id -> predictions.delete(id) ? 1 : 0)
                    .sum();
        } while (expired.size() == BATCH);
        if (forgotten > 0) {
            log.info("forgot {} predictions whose time to be kept is over", forgotten);
        }
        return forgotten;
    }
}
