package dev.atelier.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever started the service where it is. */
@Component
class Welcome {
    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final ServerProperties server;

    Welcome(ServerProperties server) {
        this.server = server;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && context.getWebServer() != null) {
            boolean loopback =
                    server.getAddress() != null && server.getAddress().isLoopbackAddress();
            log.info(
                    "Atelier is at http://{}:{} (in a browser: a page that makes pictures; /swagger-ui.html describes the API)",
                    loopback
                            ? "localhost"
                            : server.getAddress() == null
                                    ? "*"
                                    : server.getAddress().getHostAddress(),
                    context.getWebServer().getPort());
        }
    }
}
