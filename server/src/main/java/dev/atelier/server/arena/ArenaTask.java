package dev.atelier.server.arena;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The arena's looks, one node at a time. */
@Configuration(proxyBeanMethods = false)
class ArenaTask {
    /** The arena is found once the task runs: it orders pictures, which needs the scheduler for webhooks. */
    @Bean
    RecurringTask<Void> arenaLook(ObjectProvider<Arena> arena, ArenaSettings settings) {
        return Tasks.recurring("arena", FixedDelay.of(settings.every()))
                .execute((_, _) -> arena.getObject().look());
    }
}
