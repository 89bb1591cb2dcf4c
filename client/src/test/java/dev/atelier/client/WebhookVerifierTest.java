package dev.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atelier.api.Jwks;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the key pair of RFC 8032, 7.1, test 1. */
class WebhookVerifierTest {
    private static final byte[] SECRET =
            HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final byte[] PUBLIC =
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] BODY =
            ("{\"session_id\":\"pred_1\",\"event_type\":\"image.task.terminal\",\"status\":\"OK\",\"payload\":"
                            + FakeService.prediction("completed") + ",\"error\":\"\"}")
                    .getBytes(UTF_8);

    private final Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    private int asked;
    private Instant now = NOW;

    private final WebhookVerifier verifier = new WebhookVerifier(
            () -> {
                asked++;
                return new Jwks(
                        List.of(new Jwks.Key("OKP", "Ed25519", base64.encodeToString(PUBLIC), "k1", "sig", "EdDSA")));
            },
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    private Map<String, String> headers(String key, Instant at, byte[] body) throws Exception {
        PrivateKey secret = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, SECRET));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update((at.getEpochSecond() + ".").getBytes(UTF_8));
        signature.update(body);
        return new HashMap<>(Map.of(
                "X-AtlasCloud-Webhook-Timestamp", String.valueOf(at.getEpochSecond()),
                "X-AtlasCloud-Webhook-Key-Id", key,
                "X-AtlasCloud-Webhook-Signature-Ed25519", base64.encodeToString(signature.sign())));
    }

    private void assertRefused(Map<String, String> headers, byte[] body, String why) {
        assertThatExceptionOfType(AtelierException.class)
                .isThrownBy(() -> verifier.verify(headers::get, body))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AtelierException.Code.SIGNATURE))
                .withMessage(why);
    }

    @Test
    void whatTheServiceSignedIsRead() throws Exception {
        var event = verifier.verify(headers("k1", NOW.minusSeconds(300), BODY)::get, BODY);
        assertThat(event.sessionId()).isEqualTo("pred_1");
        assertThat(event.payload().outputs()).containsExactly("/outputs/1.png");
        verifier.verify(headers("k1", NOW.plusSeconds(300), BODY)::get, BODY);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void anythingElseIsRefused() throws Exception {
        byte[] changed = BODY.clone();
        changed[20] ^= 1;
        assertRefused(headers("k1", NOW, BODY), changed, "the signature is not the service's over this body");
        Map<String, String> moved = headers("k1", NOW, BODY);
        moved.put("X-AtlasCloud-Webhook-Timestamp", String.valueOf(NOW.getEpochSecond() + 1));
        assertRefused(moved, BODY, "the signature is not the service's over this body");
        Map<String, String> nonsense = headers("k1", NOW, BODY);
        nonsense.put("X-AtlasCloud-Webhook-Signature-Ed25519", "***");
        assertRefused(nonsense, BODY, "the signature is not the service's over this body");
        assertRefused(
                headers("k1", NOW.minusSeconds(301), BODY),
                BODY,
                "X-AtlasCloud-Webhook-Timestamp: is 301 s away from now; at most 300 are allowed");
        Map<String, String> soon = headers("k1", NOW, BODY);
        soon.put("X-AtlasCloud-Webhook-Timestamp", "soon");
        assertRefused(soon, BODY, "X-AtlasCloud-Webhook-Timestamp: is not in seconds since 1970");
        assertRefused(Map.of(), BODY, "X-AtlasCloud-Webhook-Timestamp: missing");
    }

    @Test
    void unknownKeysMakeTheServiceLittleWork() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertRefused(headers("k2", NOW, BODY), BODY, "X-AtlasCloud-Webhook-Key-Id: names no key of the service");
        }
        assertThat(asked).isEqualTo(1);
        now = NOW.plusSeconds(60);
        assertRefused(headers("k2", NOW, BODY), BODY, "X-AtlasCloud-Webhook-Key-Id: names no key of the service");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void keysThatCouldNotBeReadAreAskedForAgain() throws Exception {
        Jwks keys =
                new Jwks(List.of(new Jwks.Key("OKP", "Ed25519", base64.encodeToString(PUBLIC), "k1", "sig", "EdDSA")));
        AtelierException away = new AtelierException(AtelierException.Code.UNREACHABLE, "away");
        WebhookVerifier first = new WebhookVerifier(
                () -> {
                    if (asked++ == 0) {
                        throw away;
                    }
                    return keys;
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        Map<String, String> headers = headers("k1", NOW, BODY);
        assertThatExceptionOfType(AtelierException.class)
                .isThrownBy(() -> first.verify(headers::get, BODY))
                .isSameAs(away);
        assertThat(first.verify(headers::get, BODY).sessionId()).isEqualTo("pred_1");
    }
}
