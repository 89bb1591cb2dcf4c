package dev.atelier.server.outbound;

import static dev.atelier.server.outbound.OutboundException.Reason.REFUSED;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once and hands out only checked addresses. The HTTP client connects to exactly these, so a name whose answer
 * changes between check and use gains nothing, while Host header and TLS name stay those of the URL.
 */
final class GuardedResolver implements DnsResolver {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+");

    private final AddressPolicy policy;
    private final HostLookup lookup;

    GuardedResolver(AddressPolicy policy, HostLookup lookup) {
        this.policy = policy;
        this.lookup = lookup;
    }

    /** One refused address refuses the name: no public service answers with a private address beside its own. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = lookup.addresses(host);
        for (InetAddress address : addresses) {
            refuse(host, address);
        }
        return addresses;
    }

    /** Checks a host that is an address itself or stands for this machine (RFC 6761); other names are not looked up. */
    void refuseLiteral(String host) {
        String bare = host.toLowerCase(Locale.ROOT);
        if (bare.startsWith("[") || LITERAL.matcher(bare).matches()) {
            refuse(host, InetAddress.ofLiteral(bare.replaceAll("[\\[\\]]", "")));
        } else if (bare.matches("(.*\\.)?localhost\\.?")) {
            refuse(host, InetAddress.getLoopbackAddress());
        }
    }

    private void refuse(String host, InetAddress address) {
        policy.refusal(address).ifPresent(kind -> {
            throw new OutboundException(
                    REFUSED, "the host \"" + host + "\" is at " + kind + " address; only public ones are called");
        });
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
