package dev.atelier.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Whether callers need a key. On a loopback address nobody does until the first key is made; on any other address the service
 * does not start without one. A loopback address keeps other machines out, but not the web pages that a browser on this one
 * shows: those need a key, whether they call another site (their {@code Origin}, or {@code Sec-Fetch-Site} where a browser sends no
 * origin) or have given their own name this machine's address ({@code Host}).
 */
@Component
class LoopbackAccess {
    private static final Logger log = LoggerFactory.getLogger(LoopbackAccess.class);
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|[a-z0-9-]+\\.localhost|127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|\\[?::1]?");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private static final String MAKE_ONE = "; 'atelier keys create' makes one";
    private static final int SHOWN = 80;

    private final Keys keys;
    private final boolean mayOpen;
    private volatile boolean keySeen;

    LoopbackAccess(Keys keys, ServerProperties server, AccessSettings settings) {
        this.keys = keys;
        InetAddress address = server.getAddress();
        boolean loopback = address != null && address.isLoopbackAddress();
        mayOpen = loopback && !settings.requireKeys();
        keySeen = keys.anyActive();
        if (!keySeen && !mayOpen) {
            throw new NoKeyException(
                    loopback
                            ? "Keys are required (atelier.access.require-keys), and there is none."
                            : "The service is to listen on "
                                    + (address == null ? "every address" : address.getHostAddress())
                                    + ", which other machines reach, and there is no key.");
        }
        if (!keySeen) {
            log.warn("no key has been made: everyone on this machine may use the service; 'atelier keys create' makes"
                    + " one");
        }
    }

    /** Whether {@code request} is let in without a key. Once a key has been seen, none is until a restart. */
    boolean isOpenFor(HttpServletRequest request) {
        if (!keySeen && keys.anyActive()) {
            keySeen = true;
        }
        return mayOpen && !keySeen && isThisMachine(request.getServerName()) && isOwnPage(request);
    }

    /** Why {@code request}, which is not let in, is not; for its caller. */
    String whyClosedFor(HttpServletRequest request) {
        if (!mayOpen || keySeen) {
            return "Authorization: a valid key is needed, as 'Bearer KEY'";
        }
        if (!isThisMachine(request.getServerName())) {
            return "Host: '" + shortened(request.getServerName())
                    + "' is no name of this machine's own, and only those are answered while there is no key"
                    + MAKE_ONE;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        String page = origin == null ? "a page of another site asks" : "'" + shortened(origin) + "' is another site";
        return (origin == null ? "Sec-Fetch-Site: " : "Origin: ") + page
                + ", and those are not answered while there is no key" + MAKE_ONE;
    }

    static String shortened(String text) {
        String shown = text == null ? "" : text;
        return shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "…";
    }

    /**
     * Browsers name the page's origin in every request that changes something, and in every one that a script sends across origins.
     * For pictures, links and forms that read they say in {@code Sec-Fetch-Site} whose page asks; {@code none} is the address bar.
     */
    private static boolean isOwnPage(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            String site = request.getHeader("Sec-Fetch-Site");
            return site == null || OWN_SITES.contains(site);
        }
        return isOwnOrigin(request, origin);
    }

    /** Whether {@code origin} is the scheme, host and port that {@code request} was sent to. */
    static boolean isOwnOrigin(HttpServletRequest request, String origin) {
        try {
            URI page = new URI(origin);
            return page.getHost() != null
                    && request.getScheme().equalsIgnoreCase(page.getScheme())
                    && page.getHost().equalsIgnoreCase(request.getServerName())
                    && page.getPort() == explicitPort(request);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** As an origin writes it: not at all when it is the scheme's own. */
    private static int explicitPort(HttpServletRequest request) {
        return request.getServerPort() == (request.isSecure() ? 443 : 80) ? -1 : request.getServerPort();
    }

    private static boolean isThisMachine(String host) {
        return THIS_MACHINE.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
