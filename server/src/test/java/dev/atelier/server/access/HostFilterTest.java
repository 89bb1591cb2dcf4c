package dev.atelier.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost.",
                "LOCALHOST",
                "images.example.com",
                "1.2.3.4",
                "0.0.0.0",
                "255.255.255.255",
                "[::1]",
                "[::ffff:1.2.3.4]",
                "1.a",
                "1.2.3.4.example",
                "a1.b2c",
                "xn--bcher-kva.example",
                "my-host"
            })
    void namesAndAddressesAreHosts(String host) {
        assertThat(HostFilter.isHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1.2.3.4.5",
                "127.999.999.999",
                "1.2.3.256",
                "1.2.3.0256",
                "1.2.3",
                "1..3.4",
                "1.2.3.4.",
                "2130706433",
                "0x7f.1",
                "0x",
                "a.1",
                "a.0x1",
                "99999999999999999999",
                "a_b",
                "a b",
                "a..b",
                "[::1",
                "[1::2::3]",
                "[1.2.3.4]"
            })
    void whatEndsInANumberIsAnAddressOrNoHost(String host) {
        assertThat(HostFilter.isHost(host)).isFalse();
    }
}
