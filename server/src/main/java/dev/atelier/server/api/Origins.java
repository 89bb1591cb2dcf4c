package dev.atelier.server.api;

import dev.atelier.server.AtelierProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The service's origin as callers see it. */
@Component
public class Origins {
    private final String publicUrl;

    Origins(AtelierProperties properties) {
        this.publicUrl = properties.publicUrl().replaceFirst("/+$", "");
    }

    /** The configured one, else that of {@code request}, such as {@code http://localhost:8080}. */
    public URI of(HttpServletRequest request) {
        return publicUrl.isEmpty()
                ? ServletUriComponentsBuilder.fromContextPath(request).build().toUri()
                : URI.create(publicUrl);
    }
}
