package dev.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SseTest {
    private static Sse of(String text) {
        return new Sse(new ByteArrayInputStream(text.getBytes(UTF_8)), 100);
    }

    @Test
    void linesEndInThreeWays() throws IOException {
        Sse events = of("\uFEFFdata: a\r\ndata:b\rdata:  c\n\r\n\r\nevent: x\nid: 7\ndata\n\n");
        assertThat(events.next()).isEqualTo(new Sse.Event("message", "a\nb\n c", ""));
        assertThat(events.next()).isEqualTo(new Sse.Event("x", "", "7"));
        assertThat(events.next()).isNull();
    }

    @Test
    void commentsAndUnknownFieldsKeepTheStreamAliveAndTheIdStays() throws IOException {
        Sse events = of(": hello\n\nid: 1\nretry: 1500\n\ncolour: red\nid: a\0b\nretry: soon\ndata: {\"a\":1}\n\n");
        assertThat(events.next()).isEqualTo(new Sse.Event("message", "", ""));
        assertThat(events.next()).isEqualTo(new Sse.Event("message", "", "1"));
        assertThat(events.reconnectAfter()).isEqualTo(Duration.ofMillis(1500));
        assertThat(events.next()).isEqualTo(new Sse.Event("message", "{\"a\":1}", "1"));
        assertThat(events.reconnectAfter()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void anEventThatIsCutOffIsDropped() throws IOException {
        assertThat(of("data: a\n").next()).isNull();
        assertThat(of("data: a").next()).isNull();
        assertThat(of("").next()).isNull();
    }

    @Test
    void lengthIsBounded() {
        assertThatExceptionOfType(AtelierException.class)
                .isThrownBy(() -> of("data: " + "x".repeat(200)).next())
                .withMessage("an event is longer than 100 characters");
        assertThatExceptionOfType(AtelierException.class)
                .isThrownBy(() -> of("data: xxxxxxxxxxxxxxxxxxxx\n".repeat(10)).next())
                .withMessage("an event is longer than 100 characters");
    }
}
