package dev.atelier.server.api.mcp;

import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.StartedService;
import dev.atelier.server.AtelierServer;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.atlas.AtlasDrawing;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The service in this process for its own user, as an agent on this machine wants it. It listens on a loopback address at a free port, so that
 * pictures have URLs that a browser opens while it runs.
 */
public final class LocalDrawing implements StartedService {
    private static final List<String> OWN = List.of("--server.address=127.0.0.1", "--server.port=0");

    private final ConfigurableApplicationContext context;

    private LocalDrawing(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * @param settings in the form {@code --NAME=VALUE}; address and port are its own unless they are among them
     * @throws dev.atelier.server.StartException saying why it does not start
     */
    public static LocalDrawing start(String... settings) {
        List<String> given = List.of(settings);
        // Spring joins the values of a setting that is there twice.
        Stream<String> own = OWN.stream()
                .filter(setting -> given.stream().noneMatch(one -> name(one).equals(name(setting))));
        return new LocalDrawing(
                AtelierServer.start(Stream.concat(own, given.stream()).toArray(String[]::new)));
    }

    private static String name(String setting) {
        return setting.split("=", 2)[0];
    }

    @Override
    public DrawingService service() {
        URI base = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
        return context.getBean(AtlasDrawing.class).of(ApiKey.LOCAL, base);
    }

    @Override
    public void close() {
        context.close();
    }
}
