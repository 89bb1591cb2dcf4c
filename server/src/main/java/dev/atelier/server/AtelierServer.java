package dev.atelier.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** The image service's door: started by {@code atelier serve} or as a program of its own. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AtelierServer {
    /**
     * Starts the service and returns once it listens; the default model goes on loading, and readiness says when it is there.
     *
     * @param args Spring's command-line properties, such as {@code --server.port=8080} or {@code --atelier.data=DIR}
     */
    public static ConfigurableApplicationContext start(String... args) {
        // H2 would refuse a data folder such as "data" and want "./data".
        System.setProperty("h2.implicitRelativePath", "true");
        return new SpringApplication(AtelierServer.class).run(args);
    }

    public static void main(String... args) {
        start(args);
    }
}
