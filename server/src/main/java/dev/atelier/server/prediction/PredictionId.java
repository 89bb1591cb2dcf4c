package dev.atelier.server.prediction;

import java.security.SecureRandom;
import java.time.Instant;

/** Ids that rise with time and cannot be guessed: {@code pred_} and a ULID (48 bits of time, 80 random ones). */
public final class PredictionId {
    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final String FORM = "pred_[0-9A-HJKMNP-TV-Z]{26}";
    private static final SecureRandom RANDOM = new SecureRandom();

    private PredictionId() {}

    /** An id that no prediction has. */
    public static String next(Instant now) {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        long millis = now.toEpochMilli();
        for (int i = 5; i >= 0; i--) {
            bytes[i] = (byte) millis;
            millis >>>= 8;
        }
        StringBuilder text = new StringBuilder("pred_");
        // 26 characters of 5 bits hold 130 bits: the first carries two zero bits in front.
        for (int character = 0; character < 26; character++) {
            int value = 0;
            for (int bit = 0; bit < 5; bit++) {
                int at = character * 5 + bit - 2;
                int set = at < 0 ? 0 : bytes[at / 8] >> 7 - at % 8 & 1;
                value = value << 1 | set;
            }
            text.append(CROCKFORD[value]);
        }
        return text.toString();
    }

    /** Whether {@code text} has the form of an id; anything else need not reach the database. */
    public static boolean isValid(String text) {
        return text.matches(FORM);
    }
}
