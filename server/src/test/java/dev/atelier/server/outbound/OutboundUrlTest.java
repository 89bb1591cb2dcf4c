package dev.atelier.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://2130706433/, disguise; write it as 127.0.0.1",
        "http://0x7f000001/, disguise; write it as 127.0.0.1",
        "http://0X7F.1/, disguise; write it as 127.0.0.1",
        "http://0177.0.0.1/, disguise; write it as 127.0.0.1",
        "http://127.1/, disguise; write it as 127.0.0.1",
        "http://127.0.1/, disguise; write it as 127.0.0.1",
        "http://0/, disguise; write it as 0.0.0.0",
        "http://0xa9.0xfe.0xa9.0xfe/, disguise; write it as 169.254.169.254",
        "http://127.0.0.1./, disguise; write it as 127.0.0.1",
        "http://256.1.1.1/, ends in a number",
        "http://1.2.3.4.5/, ends in a number",
        "http://user@127.0.0.1/, user name or password",
        "http://good.example@evil.example/, user name or password",
        "http://user:secret@good.example/, user name or password",
        "file:///etc/passwd, scheme \"file\"",
        "gopher://good.example/, scheme \"gopher\"",
        "jar:http://good.example/a.jar!/, scheme \"jar\"",
        "ftp://good.example/a.png, scheme \"ftp\"",
        "//good.example/a.png, scheme \"\"",
        "good.example/a.png, scheme \"\"",
        "http:///a.png, no plain host",
        "http:a.png, no plain host",
        "http://[fe80::1%25eth0]/, zone or an escape",
        "http://good.example:0/, port 0",
        "http://good.example:65536/, port 65536",
        "http://good.example:99999999999/, no plain host",
        "http://exa mple/, not a URL",
        "http://good.example\\@127.0.0.1/, not a URL",
        "http://127.0.0.1%2f@good.example/, user name",
        "http://a_b/, no plain host",
        "http://①②⑦.⓪.⓪.①/, no plain host",
        "http://[::1/, not a URL"
    })
    void refusesUrlsThatHideWhereTheyLead(String url, String reason) {
        assertThatThrownBy(() -> OutboundUrl.parse(url))
                .isInstanceOf(OutboundException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://good.example/\r\nHost: evil", "http://good.example/\u0000", "http://good.example/a b"})
    void refusesControlCharacters(String url) {
        assertThatThrownBy(() -> OutboundUrl.parse(url)).hasMessageStartingWith("not a URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://good.example/a b|not a URL: ' ' at character 22 cannot stand there; inside a path or query it is written %20",
                "http://good.example/?q=<x>|not a URL: '<' at character 24 cannot stand there; inside a path or query it is written %3C",
                "http://good.example/%zz|not a URL: the % at character 21 is not followed by two hexadecimal digits",
                "http://good.example/a%|not a URL: the % at character 22",
                "http:|not a URL",
                "://good.example|not a URL: ':' at character 1 cannot stand there"
            })
    void aTextThatIsNoUrlIsRefusedWithThePlace(String url, String message) {
        assertThatThrownBy(() -> OutboundUrl.parse(url))
                .message()
                .startsWith(message)
                .doesNotContain("Illegal", "Malformed", "Expected");
    }

    @Test
    void namesTheBoundOfTheLength() {
        assertThatThrownBy(() -> OutboundUrl.parse("http://good.example/" + "a".repeat(4096)))
                .hasMessage("the URL has 4116 characters; at most 4096 are allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "https://good.example/a.png?x=1&y=%20z#part, https://good.example/a.png?x=1&y=%20z",
        "HTTP://good.example, http://good.example/",
        "http://8.8.8.8:8080/a, http://8.8.8.8:8080/a",
        "http://[2606:4700::1]/a, http://[2606:4700::1]/a",
        "https://good.example/图.png, https://good.example/%E5%9B%BE.png"
    })
    void keepsPlainUrlsWithoutTheirFragment(String url, String expected) {
        assertThat(OutboundUrl.parse(url)).hasToString(expected);
    }
}
