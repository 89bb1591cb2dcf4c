package dev.atelier.server.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be called on behalf of a caller: public unicast ones, and the networks that the operator allows. The
 * refused ranges are those of the IANA special-purpose registries (RFC 6890 and later) that are not globally reachable, the
 * ones that carry an IPv4 address inside an IPv6 one, and the cloud metadata services that sit in public ranges.
 */
public final class AddressPolicy {
    private record Range(Network network, String kind) {
        static Range of(String network, String kind) {
            return new Range(Network.parse(network), kind);
        }
    }

    private static final Network IPV6_GLOBAL_UNICAST = Network.parse("2000::/3");

    private static final List<Range> REFUSED = List.of(
            Range.of("0.0.0.0/8", "an unspecified"),
            Range.of("10.0.0.0/8", "a private"),
            Range.of("100.64.0.0/10", "a carrier-grade NAT"),
            Range.of("127.0.0.0/8", "a loopback"),
            Range.of("169.254.0.0/16", "a link-local or metadata"),
            Range.of("172.16.0.0/12", "a private"),
            Range.of("192.0.0.0/24", "a protocol-assigned"),
            Range.of("192.0.2.0/24", "a documentation"),
            Range.of("192.88.99.0/24", "a 6to4 relay"),
            Range.of("192.168.0.0/16", "a private"),
            Range.of("198.18.0.0/15", "a benchmarking"),
            Range.of("198.51.100.0/24", "a documentation"),
            Range.of("203.0.113.0/24", "a documentation"),
            Range.of("224.0.0.0/4", "a multicast"),
            Range.of("240.0.0.0/4", "a reserved or broadcast"),
            Range.of("168.63.129.16", "a cloud metadata"),
            Range.of("::", "an unspecified"),
            Range.of("::1", "a loopback"),
            Range.of("64:ff9b::/96", "a NAT64"),
            Range.of("64:ff9b:1::/48", "a NAT64"),
            Range.of("fc00::/7", "a private"),
            Range.of("fe80::/10", "a link-local"),
            Range.of("fec0::/10", "a site-local"),
            Range.of("ff00::/8", "a multicast"),
            Range.of("2001::/23", "a tunnelled or protocol-assigned"),
            Range.of("2001:db8::/32", "a documentation"),
            Range.of("2002::/16", "a 6to4"),
            Range.of("3fff::/20", "a documentation"));

    private final List<Network> allowed;

    private AddressPolicy(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * @param allowed addresses or CIDR ranges that may be called although they are not public
     * @throws IllegalArgumentException when one is no address or range
     */
    public static AddressPolicy allowing(List<String> allowed) {
        return new AddressPolicy(allowed.stream().map(Network::parse).toList());
    }

    /** Why {@code address} may not be called ({@code "a loopback"}); empty when it may. */
    public Optional<String> refusal(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        Optional<String> kind = REFUSED.stream()
                .filter(range -> range.network().contains(address))
                .map(Range::kind)
                .findFirst();
        boolean global = address instanceof Inet4Address || IPV6_GLOBAL_UNICAST.contains(address);
        return kind.isPresent() || global ? kind : Optional.of("a special-purpose");
    }
}
