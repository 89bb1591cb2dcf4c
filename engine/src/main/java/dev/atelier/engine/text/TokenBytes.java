package dev.atelier.engine.text;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.reason.Reasons;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of each token of a byte-level vocabulary. {@code tokenizer.json} writes a byte as the character of its number where that can
 * be seen, and the others, in order, as the characters from U+0100 on (GPT-2's {@code bytes_to_unicode}).
 */
final class TokenBytes {
    private static final int[] BYTE_OF = byteOf();

    private final byte[][] tokens;

    private TokenBytes(byte[][] tokens) {
        this.tokens = tokens;
    }

    /** @throws EngineException naming the file when it is no byte-level vocabulary */
    static TokenBytes read(Path file) {
        try {
            JsonNode root = JsonMapper.shared().readTree(file.toFile());
            Map<Integer, byte[]> tokens = new HashMap<>();
            root.at("/model/vocab").propertyStream().forEach(token -> {
                byte[] bytes = bytes(token.getKey());
                if (bytes != null) {
                    tokens.put(token.getValue().intValue(), bytes);
                }
            });
            root.path("added_tokens")
                    .forEach(token -> tokens.remove(token.path("id").asInt(-1)));
            if (tokens.isEmpty()) {
                throw new EngineException(file + ": has no byte-level vocabulary");
            }
            byte[][] byId =
                    new byte[tokens.keySet().stream().mapToInt(id -> id).max().orElse(0) + 1][];
            tokens.forEach((id, bytes) -> byId[id] = bytes);
            return new TokenBytes(byId);
        } catch (JacksonException e) {
            throw new EngineException(file + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    /** The bytes of token {@code id}; null when it is a special one or none. */
    byte[] of(long id) {
        return id < tokens.length ? tokens[(int) id] : null;
    }

    private static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTE_OF.length || BYTE_OF[c] < 0) {
                return null;
            }
            bytes[i] = (byte) BYTE_OF[c];
        }
        return bytes.length == 0 ? null : bytes;
    }

    private static int[] byteOf() {
        int[] byteOf = new int[0x200];
        Arrays.fill(byteOf, -1);
        int hidden = 0x100;
        for (int b = 0; b < 0x100; b++) {
            boolean seen = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            byteOf[seen ? b : hidden++] = b;
        }
        return byteOf;
    }
}
