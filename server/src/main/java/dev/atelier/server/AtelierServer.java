package dev.atelier.server;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** The image service's door: started by {@code atelier serve} or as a program of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AtelierServer {
    /**
     * Starts the service and returns once it listens; the default model goes on loading, and readiness says when it is there.
     *
     * @param args Spring's command-line properties, such as {@code --server.port=8080} or {@code --atelier.data=DIR}
     * @throws StartException saying why it does not start, and what to do
     */
    public static ConfigurableApplicationContext start(String... args) {
        // H2 would refuse a data folder such as "data" and want "./data".
        System.setProperty("h2.implicitRelativePath", "true");
        AtomicReference<Environment> settings = new AtomicReference<>(new StandardEnvironment());
        SpringApplication application = new SpringApplication(AtelierServer.class);
        application.addListeners((ApplicationEnvironmentPreparedEvent prepared) -> {
            settings.set(prepared.getEnvironment());
            StartFailures.requireFolder(prepared.getEnvironment());
        });
        try {
            return application.run(args);
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StartFailures.explain(e, settings.get());
        }
    }

    public static void main(String... args) {
        try {
            start(args);
        } catch (StartException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + e.hint());
            System.exit(1);
        }
    }
}
