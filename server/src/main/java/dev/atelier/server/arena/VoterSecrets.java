package dev.atelier.server.arena;

import dev.atelier.server.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** What voters get and show that nobody else can make: tokens of battles, and names that do not tell the key. */
@Component
class VoterSecrets {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

    private final SecretKeySpec key;

    VoterSecrets(Secrets secrets) {
        byte[] secret = secrets.get("arena", () -> {
            byte[] made = new byte[32];
            new SecureRandom().nextBytes(made);
            return made;
        });
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A voter as boards and exports name it. */
    String pseudonym(String voter) {
        return "voter-" + HexFormat.of().formatHex(mac("voter\n" + voter), 0, 6);
    }

    /** Lets {@code voter} vote on {@code battle} until {@code expiry}, to the second. */
    String token(String battle, String voter, Instant expiry) {
        long until = expiry.getEpochSecond();
        return until + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature(battle, voter, until));
    }

    /** Whether {@code token} is of this battle and voter, at whatever time. */
    boolean isGenuine(String token, String battle, String voter) {
        Matcher matcher = TOKEN.matcher(token);
        return matcher.matches()
                && MessageDigest.isEqual(
                        signature(battle, voter, Long.parseLong(matcher.group(1))),
                        Base64.getUrlDecoder().decode(matcher.group(2)));
    }

    /** When a genuine token ends. */
    static Instant expiry(String token) {
        return Instant.ofEpochSecond(Long.parseLong(token.substring(0, token.indexOf('.'))));
    }

    /** Neither ids of battles nor of keys have line breaks. */
    private byte[] signature(String battle, String voter, long until) {
        return mac("battle\n" + battle + "\n" + voter + "\n" + until);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
