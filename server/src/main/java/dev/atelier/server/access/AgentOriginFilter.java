package dev.atelier.server.access;

import dev.atelier.server.error.ErrorWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses web pages of other sites at {@code /mcp}, with or without a key, as the protocol wants it (Streamable HTTP, security): a page may
 * have given its own name this machine's address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class AgentOriginFilter extends OncePerRequestFilter {
    private static final String PATH = "/mcp";
    private static final String EVERYONE = "*";

    private final AccessSettings settings;
    private final ErrorWriter errors;

    AgentOriginFilter(AccessSettings settings, ErrorWriter errors) {
        this.settings = settings;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(PATH) || request.getHeader(HttpHeaders.ORIGIN) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean allowed = settings.allowedOrigins().contains(EVERYONE)
                || settings.allowedOrigins().contains(origin)
                || LoopbackAccess.isOwnOrigin(request, origin);
        if (allowed) {
            chain.doFilter(request, response);
        } else {
            errors.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "Origin: '" + LoopbackAccess.shortened(origin)
                            + "' is another site; the setting atelier.access.allowed-origins lets its pages in");
        }
    }
}
