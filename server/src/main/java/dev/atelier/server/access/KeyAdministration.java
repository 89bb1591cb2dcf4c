package dev.atelier.server.access;

import dev.atelier.server.StartException;
import dev.atelier.server.StartFailures;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** The keys without the service: what {@code atelier keys} works on. Not found by component scanning, on purpose. */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class
})
@Import({Keys.class, KeyRepository.class})
public class KeyAdministration {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(300);

    KeyAdministration() {}

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Opens the service's database, makes its tables if need be, and hands over its keys. While a running service holds the
     * database file, they are changed by it; while one is starting or stopping, this waits.
     *
     * @param properties as {@code serve} takes them, such as {@code --atelier.data=DIR}
     * @throws StartException when the database cannot be opened, or a process that cannot be asked holds its file
     */
    public static <T> T use(Function<KeyRing, T> body, String... properties) {
        System.setProperty("h2.implicitRelativePath", "true");
        long end = System.nanoTime() + PATIENCE.toNanos();
        AtomicReference<Environment> settings = new AtomicReference<>(new StandardEnvironment());
        while (true) {
            try (Opened opened = open(settings, properties)) {
                return body.apply(opened.keys());
            } catch (HeldException e) {
                Path data = Path.of(settings.get().getProperty("atelier.data", "data"));
                Optional<KeyRing> running = KeySocket.connect(data);
                if (running.isPresent()) {
                    return body.apply(running.get());
                }
                if (System.nanoTime() - end > 0) {
                    throw new StartException(
                            "another process holds the database file in " + data + " and cannot be asked",
                            "Stop the service, change the keys, and start it again (with PostgreSQL at any time).",
                            e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private record Opened(ConfigurableApplicationContext context) implements AutoCloseable {
        Keys keys() {
            return context.getBean(Keys.class);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Another process has the file open. */
    private static final class HeldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HeldException(RuntimeException cause) {
            super(cause);
        }
    }

    private static Opened open(AtomicReference<Environment> settings, String... properties) {
        try {
            return new Opened(new SpringApplicationBuilder(KeyAdministration.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .listeners(
                            (ApplicationEnvironmentPreparedEvent prepared) -> settings.set(prepared.getEnvironment()))
                    .run(properties));
        } catch (RuntimeException e) {
            throw StartFailures.isHeld(e) ? new HeldException(e) : StartFailures.explain(e, settings.get());
        }
    }
}
