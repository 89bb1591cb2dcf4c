package dev.atelier.server.access;

import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * Makes, lists, revokes and checks keys. A key is {@code atl_ID_SECRET}; the secret has 256 random bits, so a plain SHA-256 of it
 * is as hard to reverse as the secret is to guess, and only that is stored.
 */
@Service
public class Keys implements KeyRing {
    private static final Pattern TOKEN = Pattern.compile("atl_([0-9a-f]{12})_([0-9A-Za-z_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String NO_KEY_HASH = sha256("");

    private final KeyRepository keys;
    private final Clock clock;

    Keys(KeyRepository keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A new key.
     *
     * @param token what callers send; shown this once
     */
    public record Created(ApiKey key, String token) {}

    /** A key as operators see it. */
    public record Listed(ApiKey key, Instant createdAt, boolean revoked) {}

    @Override
    public Created create(String name, Set<Scope> scopes, Limits limits) {
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("name: has " + name.length() + " characters; 1 to 100 are needed");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes: none; one of generate, read and arena is needed");
        }
        String id = HexFormat.of().formatHex(random(6));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random(32));
        ApiKey key = new ApiKey(id, name, scopes, limits);
        keys.insert(key, sha256(secret), clock.instant());
        return new Created(key, "atl_" + id + "_" + secret);
    }

    @Override
    public List<Listed> list() {
        return keys.list();
    }

    @Override
    public boolean revoke(String id) {
        return keys.revoke(id, clock.instant());
    }

    /** The key that {@code token} is, compared in constant time. */
    Optional<ApiKey> authenticate(String token) {
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<KeyRepository.Stored> stored = keys.findActive(matcher.group(1));
        // An unknown id costs the same comparison as a known one.
        String expected = stored.map(KeyRepository.Stored::secretHash).orElse(NO_KEY_HASH);
        boolean same = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                sha256(matcher.group(2)).getBytes(StandardCharsets.US_ASCII));
        return same ? stored.map(KeyRepository.Stored::key) : Optional.empty();
    }

    boolean anyActive() {
        return keys.anyActive();
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
