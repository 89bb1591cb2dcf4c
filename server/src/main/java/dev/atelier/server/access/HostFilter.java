package dev.atelier.server.access;

import dev.atelier.server.error.ErrorWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests for a host that is none, before anything builds an address from it. The container checks characters only; whether
 * a name that ends in a number is an address (WHATWG URL, "ends in a number checker") is checked here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class HostFilter extends OncePerRequestFilter {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int MAX_PORT = 65_535;
    private static final int SHOWN = 60;

    private final ErrorWriter errors;

    HostFilter(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getServerName();
        if (!isHost(host)) {
            errors.write(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "Host: '" + shortened(host) + "' is no host name and no IP address");
        } else if (request.getServerPort() > MAX_PORT) {
            errors.write(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "Host: port " + request.getServerPort() + " is not in 0 to " + MAX_PORT);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Whether {@code host} is a name, four decimal numbers of one byte each, or an IPv6 address in brackets. */
    static boolean isHost(String host) {
        if (host == null || host.isEmpty()) {
            return false;
        }
        String[] labels = host.split("\\.");
        if (labels.length > 0 && NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return isAddress(host);
        }
        try {
            return new URI("http://" + host).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAddress(String host) {
        String[] parts = host.split("\\.", -1);
        return parts.length == 4
                && Arrays.stream(parts)
                        .allMatch(part -> DECIMAL.matcher(part).matches() && Integer.parseInt(part) <= 255);
    }

    private static String shortened(String text) {
        return text == null ? "" : text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
