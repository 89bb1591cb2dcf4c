package dev.atelier.server.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Clients join a base URL and a path with one slash too many, or end a path in one: below the roots of the API a run of slashes is one,
 * and one at the end is none. Before access is decided, so that a path means the same to everything behind.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class PlainPathFilter extends OncePerRequestFilter {
    private static final Pattern RUN = Pattern.compile("/{2,}");
    private static final Pattern API = Pattern.compile("/+(?:api|v1|public|mcp)/.*");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String uri = request.getRequestURI();
        String plain = plain(uri);
        chain.doFilter(plain.equals(uri) ? request : new Plain(request, plain), response);
    }

    /** @param uri as it was sent, encoded */
    static String plain(String uri) {
        if (!API.matcher(uri).matches()) {
            return uri;
        }
        String single = RUN.matcher(uri).replaceAll("/");
        return single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    private static final class Plain extends HttpServletRequestWrapper {
        private final String uri;

        Plain(HttpServletRequest request, String uri) {
            super(request);
            this.uri = uri;
        }

        @Override
        public String getRequestURI() {
            return uri;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            int path = url.length() - super.getRequestURI().length();
            return new StringBuffer(url.substring(0, Math.max(0, path))).append(uri);
        }

        @Override
        public String getServletPath() {
            return plain(super.getServletPath());
        }
    }
}
