package dev.atelier.server.media;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MediaConfiguration {
    @Bean
    Blobs blobs(MediaSettings settings) throws IOException {
        return settings.s3().bucket().isEmpty() ? new DiskBlobs(settings.folder()) : S3Blobs.connect(settings.s3());
    }

    @Bean
    RecurringTask<Void> mediaSweep(MediaSweeper sweeper, MediaSettings settings) {
        return Tasks.recurring("media-sweep", FixedDelay.of(settings.sweepEvery()))
                .execute((_, _) -> sweeper.sweep());
    }
}
