package dev.atelier.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.api.Jwks;
import dev.atelier.api.TerminalEvent;
import dev.atelier.client.AtelierException.Code;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/**
 * Checks that a webhook comes from the service: an Ed25519 signature (RFC 8032) over {@code TIMESTAMP.BODY}, by a key that the service publishes at
 * {@code /api/v1/webhooks/jwks.json}, not older or newer than five minutes. A webhook may come more than once; its {@code
 * X-AtlasCloud-Webhook-Id} is the same each time. For any number of threads.
 */
public final class WebhookVerifier {
    private static final String PREFIX = "X-AtlasCloud-Webhook-";
    private static final Duration SKEW = Duration.ofSeconds(300);
    /** A stranger who names unknown keys makes the service no more work than this. */
    private static final Duration KEYS_AGAIN = Duration.ofMinutes(1);
    /** Of an X.509 Ed25519 key, before its 32 bytes (RFC 8410). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_LENGTH = 32;

    private final Supplier<Jwks> source;
    private final Clock clock;
    private Map<String, PublicKey> keys = Map.of();
    private Instant asked = Instant.MIN;

    /**
     * @param keys asked for at the first webhook, and again when one names a key that is not known, at most once a minute
     * @param clock says what is now
     */
    public WebhookVerifier(Supplier<Jwks> keys, Clock clock) {
        this.source = keys;
        this.clock = clock;
    }

    /**
     * @param header the first value of a header by its name, whatever its case; null: there is none
     * @param body as it came, byte by byte
     * @return what the service says; {@code payload} is the prediction
     * @throws AtelierException of code {@code SIGNATURE} when it is not the service's or not of now; what asking for its keys met
     */
    public TerminalEvent verify(Function<String, String> header, byte[] body) {
        String timestamp = required(header, "Timestamp");
        requireNow(timestamp);
        PublicKey key = key(required(header, "Key-Id"));
        if (!isSigned(key, timestamp, body, required(header, "Signature-Ed25519"))) {
            throw refused("the signature is not the service's over this body");
        }
        try {
            return Objects.requireNonNull(Json.read(body, TerminalEvent.class));
        } catch (JacksonException | NullPointerException _) {
            throw new AtelierException(Code.PROTOCOL, "the webhook's body is not the JSON of this API");
        }
    }

    private static String required(Function<String, String> header, String name) {
        String value = header.apply(PREFIX + name);
        if (value == null || value.isBlank()) {
            throw refused(PREFIX + name + ": missing");
        }
        return value.strip();
    }

    private void requireNow(String timestamp) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            throw refused(PREFIX + "Timestamp: is not in seconds since 1970");
        }
        Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant())
                .abs();
        if (away.compareTo(SKEW) > 0) {
            throw refused(PREFIX + "Timestamp: is " + away.toSeconds() + " s away from now; at most " + SKEW.toSeconds()
                    + " are allowed");
        }
    }

    private synchronized PublicKey key(String id) {
        if (!keys.containsKey(id)
                && (asked.equals(Instant.MIN) || !clock.instant().isBefore(asked.plus(KEYS_AGAIN)))) {
            keys = source.get().keys().stream()
                    .filter(key -> "Ed25519".equals(key.crv()))
                    .collect(Collectors.toMap(Jwks.Key::kid, WebhookVerifier::read, (first, _) -> first));
            asked = clock.instant();
        }
        PublicKey key = keys.get(id);
        if (key == null) {
            throw refused(PREFIX + "Key-Id: names no key of the service");
        }
        return key;
    }

    private static PublicKey read(Jwks.Key key) {
        try {
            byte[] point = Base64.getUrlDecoder().decode(key.x());
            if (point.length != KEY_LENGTH) {
                throw new AtelierException(
                        Code.PROTOCOL, "a webhook key has " + point.length + " bytes, not " + KEY_LENGTH);
            }
            byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_LENGTH);
            System.arraycopy(point, 0, encoded, X509_HEAD.length, KEY_LENGTH);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            throw new AtelierException(Code.PROTOCOL, "a webhook key of the service is none of Ed25519");
        }
    }

    private static boolean isSigned(PublicKey key, String timestamp, byte[] body, String given) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update((timestamp + ".").getBytes(UTF_8));
            signature.update(body);
            return signature.verify(Base64.getUrlDecoder().decode(given));
        } catch (IllegalArgumentException | GeneralSecurityException _) {
            return false;
        }
    }

    private static AtelierException refused(String why) {
        return new AtelierException(Code.SIGNATURE, why);
    }
}
