package dev.atelier.server.operation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/** Tasks of all rooms in one scheduler over the database; scheduling takes part in the caller's transaction. */
@Configuration(proxyBeanMethods = false)
class SchedulerConfiguration {
    private static final int THREADS = 4;
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Bean(destroyMethod = "")
    Scheduler scheduler(DataSource database, List<Task<?>> tasks) {
        List<Task<?>> known = tasks.stream()
                .filter(task -> !(task instanceof RecurringTask<?>))
                .toList();
        List<RecurringTask<?>> recurring = tasks.stream()
                .filter(RecurringTask.class::isInstance)
                .<RecurringTask<?>>map(task -> (RecurringTask<?>) task)
                .toList();
        return Scheduler.create(new TransactionAwareDataSourceProxy(database), known)
                .startTasks(recurring)
                .threads(THREADS)
                .pollingInterval(POLL)
                .heartbeatInterval(Duration.ofSeconds(10))
                .shutdownMaxWait(PATIENCE)
                .build();
    }

    /** Starts the scheduler once everything is there and stops it before anything goes. */
    @Component
    static class SchedulerLifecycle implements SmartLifecycle {
        private final Scheduler scheduler;
        private volatile boolean running;

        SchedulerLifecycle(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public void start() {
            scheduler.start();
            running = true;
        }

        @Override
        public void stop() {
            scheduler.stop();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
