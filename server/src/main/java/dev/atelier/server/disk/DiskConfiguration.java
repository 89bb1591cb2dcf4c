package dev.atelier.server.disk;

import dev.atelier.server.AtelierProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class DiskConfiguration {
    private static final String EMBEDDED = "jdbc:h2:";

    @Bean
    @ConditionalOnMissingBean
    Room room() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }

    /** Only folders that something is written to count: with PostgreSQL and a bucket there is none. */
    @Bean
    DiskSpace diskSpace(Room room, DiskSettings settings, AtelierProperties properties, Environment environment) {
        List<Path> folders = new ArrayList<>();
        if (environment.getProperty("spring.datasource.url", "").startsWith(EMBEDDED)) {
            folders.add(properties.data());
        }
        if (environment.getProperty("atelier.media.s3.bucket", "").isEmpty()) {
            folders.add(Path.of(environment.getProperty(
                    "atelier.media.folder", properties.data().toString())));
        }
        return new DiskSpace(folders, room, settings);
    }
}
