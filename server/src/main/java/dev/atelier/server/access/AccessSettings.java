package dev.atelier.server.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.access}: who gets in.
 *
 * @param requireKeys ask for a key on a loopback address too, as behind a proxy on the same machine
 * @param allowedOrigins origins whose web pages may use the API from a browser, such as {@code https://studio.example}; {@code *}:
 *     all, once keys are needed
 * @param trustedProxies addresses, or blocks such as {@code 10.0.0.0/8}, of proxies whose {@code Forwarded} and {@code X-Forwarded-*}
 *     headers are believed
 */
@ConfigurationProperties("atelier.access")
record AccessSettings(
        @DefaultValue("false") boolean requireKeys,
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue List<String> trustedProxies) {}
