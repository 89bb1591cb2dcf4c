package dev.atelier.server.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Believes {@code Forwarded} and {@code X-Forwarded-*} (the scheme, host and caller that a proxy saw) of requests that come from a
 * trusted proxy's address, and takes these headers away from all others. Before anything looks at the host.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ForwardedFilter extends OncePerRequestFilter {
    private final List<IpAddressMatcher> proxies;
    private final ForwardedHeaderFilter believing = new ForwardedHeaderFilter();
    private final ForwardedHeaderFilter removing = new ForwardedHeaderFilter();

    /** @throws IllegalArgumentException when a trusted proxy is no address and no block of addresses */
    ForwardedFilter(AccessSettings settings) {
        proxies = settings.trustedProxies().stream()
                .map(ForwardedFilter::addresses)
                .toList();
        removing.setRemoveOnly(true);
    }

    private static IpAddressMatcher addresses(String block) {
        try {
            return new IpAddressMatcher(block);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("atelier.access.trusted-proxies: '" + block
                    + "' is no address such as 10.0.0.2 and no block such as 10.0.0.0/8");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean trusted = proxies.stream().anyMatch(proxy -> proxy.matches(request.getRemoteAddr()));
        (trusted ? believing : removing).doFilter(request, response, chain);
    }
}
