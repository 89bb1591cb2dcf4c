package dev.atelier.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells browsers what an answer may load and run (Content Security Policy level 3). Files of callers bring a stricter one. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class ContentPolicyFilter extends OncePerRequestFilter {
    private static final String HEADER = "Content-Security-Policy";
    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The page that makes pictures shows references by their URLs; those it has from this machine are data or blobs. */
    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data: blob: http: https:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /** Swagger UI writes styles into its markup, and shows pictures that it was answered as blobs. */
    private static final String API_PAGE = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action"
            + " 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (!path.startsWith("/outputs/") && !path.startsWith("/uploads/")) {
            response.setHeader(HEADER, policy(path));
        }
        chain.doFilter(request, response);
    }

    private static String policy(String path) {
        if (path.startsWith("/swagger-ui")) {
            return API_PAGE;
        }
        boolean data = path.startsWith("/api/")
                || path.startsWith("/v1/")
                || path.startsWith("/v3/")
                || path.startsWith("/mcp")
                || path.startsWith("/public/")
                || path.startsWith("/actuator");
        return data ? NOTHING : PAGE;
    }
}
