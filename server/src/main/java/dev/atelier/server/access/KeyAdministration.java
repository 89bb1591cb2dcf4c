package dev.atelier.server.access;

import java.time.Clock;
import java.util.function.Function;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

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
    KeyAdministration() {}

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Opens the service's database, makes its tables if need be, and hands over its keys.
     *
     * @param properties as {@code serve} takes them, such as {@code --atelier.data=DIR}
     * @throws IllegalStateException when a running service holds the database file
     */
    public static <T> T use(Function<Keys, T> body, String... properties) {
        System.setProperty("h2.implicitRelativePath", "true");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(KeyAdministration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(properties)) {
            return body.apply(context.getBean(Keys.class));
        } catch (RuntimeException e) {
            if (isLocked(e)) {
                throw new IllegalStateException(
                        "the service is running and holds its database file; stop it, change the keys, and start it again"
                                + " (with PostgreSQL keys can be changed at any time)",
                        e);
            }
            throw e;
        }
    }

    private static boolean isLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains("Database may be already in use")) {
                return true;
            }
        }
        return false;
    }
}
