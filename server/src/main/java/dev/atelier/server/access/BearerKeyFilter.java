package dev.atelier.server.access;

import dev.atelier.server.error.Outages;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who is calling from {@code Authorization: Bearer KEY}. Whether that is enough is decided further on. */
final class BearerKeyFilter extends OncePerRequestFilter {
    /** Attribute of a request whose caller cannot be told at the moment: the {@code ApiException} to answer with. */
    static final String OUTAGE = BearerKeyFilter.class.getName() + ".outage";

    private static final String SCHEME = "bearer ";

    private final Keys keys;
    private final LoopbackAccess loopback;

    BearerKeyFilter(Keys keys, LoopbackAccess loopback) {
        this.keys = keys;
        this.loopback = loopback;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            caller(request).ifPresent(key -> {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new KeyAuthentication(key));
                SecurityContextHolder.setContext(context);
            });
        } catch (DataAccessException e) {
            // Paths that need no key go on; the others are answered with this instead of a 401.
            request.setAttribute(OUTAGE, Outages.of(e).orElseThrow(() -> e));
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private Optional<ApiKey> caller(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        Optional<ApiKey> key = bearer
                ? keys.authenticate(authorization.substring(SCHEME.length()).strip())
                : Optional.empty();
        return key.isEmpty() && loopback.isOpenFor(request) ? Optional.of(ApiKey.LOCAL) : key;
    }
}
