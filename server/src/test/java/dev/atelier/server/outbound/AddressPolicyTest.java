package dev.atelier.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = AddressPolicy.allowing(List.of());

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, an unspecified",
        "0.1.2.3, an unspecified",
        "10.0.0.1, a private",
        "10.255.255.255, a private",
        "100.64.0.1, a carrier-grade NAT",
        "100.100.100.200, a carrier-grade NAT",
        "100.127.255.255, a carrier-grade NAT",
        "127.0.0.1, a loopback",
        "127.255.255.254, a loopback",
        "169.254.169.254, a link-local or metadata",
        "169.254.170.2, a link-local or metadata",
        "168.63.129.16, a cloud metadata",
        "172.16.0.1, a private",
        "172.31.255.255, a private",
        "192.0.0.192, a protocol-assigned",
        "192.168.1.1, a private",
        "198.18.0.1, a benchmarking",
        "224.0.0.1, a multicast",
        "239.255.255.250, a multicast",
        "255.255.255.255, a reserved or broadcast",
        "::, an unspecified",
        "::1, a loopback",
        "::ffff:127.0.0.1, a loopback",
        "::ffff:a9fe:a9fe, a link-local or metadata",
        "::7f00:1, a special-purpose",
        "64:ff9b::7f00:1, a NAT64",
        "64:ff9b:1::a00:1, a NAT64",
        "2002:7f00:1::, a 6to4",
        "2002:a9fe:a9fe::1, a 6to4",
        "2001:0:53aa:64c:0:0:80ff:fffe, a tunnelled or protocol-assigned",
        "2001:db8::1, a documentation",
        "fc00::1, a private",
        "fd00:ec2::254, a private",
        "fe80::1, a link-local",
        "fec0::1, a site-local",
        "ff02::1, a multicast",
        "100::1, a special-purpose",
        "5f00::1, a special-purpose",
    })
    void refusesWhatIsNotPublic(String address, String kind) {
        assertThat(policy.refusal(InetAddress.ofLiteral(address))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700:4700::1111",
                "2a00:1450:4001:80b::200e"
            })
    void allowsPublicAddressesUpToTheEdgesOfTheRanges(String address) {
        assertThat(policy.refusal(InetAddress.ofLiteral(address))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.1, 10.2.0.1",
        "127.0.0.1, 127.0.0.1, 127.0.0.2",
        "10.0.0.128/25, 10.0.0.128, 10.0.0.127",
        "fd00:1::/33, fd00:1:7fff::1, fd00:1:8000::1"
    })
    void allowsConfiguredNetworksAndNothingBeside(String network, String inside, String outside) {
        AddressPolicy open = AddressPolicy.allowing(List.of(network));

        assertThat(open.refusal(InetAddress.ofLiteral(inside))).isEmpty();
        assertThat(open.refusal(InetAddress.ofLiteral(outside))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "intranet", "::/129", ""})
    void refusesNetworksThatAreNone(String network) {
        assertThatThrownBy(() -> AddressPolicy.allowing(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }
}
