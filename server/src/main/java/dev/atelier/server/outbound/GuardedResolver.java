package dev.atelier.server.outbound;

import static dev.atelier.server.outbound.OutboundException.Reason.REFUSED;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once and hands out only checked addresses. The HTTP client connects to exactly these, so a name whose answer
 * changes between check and use gains nothing, while Host header and TLS name stay those of the URL.
 */
final class GuardedResolver implements DnsResolver {
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
            policy.refusal(address).ifPresent(kind -> {
                throw new OutboundException(
                        REFUSED, "the host \"" + host + "\" is at " + kind + " address; only public ones are called");
            });
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
