package dev.atelier.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.SubmissionKey;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the idempotency key of a submission, from the header of that name (draft-ietf-httpapi-idempotency-key-header, with or
 * without its quotes) or from the field {@code idempotency_key}.
 */
public final class SubmissionKeys {
    private static final String HEADER = "Idempotency-Key";
    private static final String FIELD = "idempotency_key";
    private static final int LONGEST = 255;
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private SubmissionKeys() {}

    /**
     * Takes the key out of {@code body}, so that it is no field of the request itself.
     *
     * @return {@link SubmissionKey#NONE} when there is none
     * @throws ApiException 400 when it is malformed, or header and field differ
     */
    public static SubmissionKey take(HttpServletRequest request, ObjectNode body) {
        String inHeader = header(request.getHeader(HEADER));
        String inBody = field(body);
        if (!inHeader.isEmpty() && !inBody.isEmpty() && !inHeader.equals(inBody)) {
            throw ApiException.invalid(FIELD, "is another one than in the header " + HEADER);
        }
        return key(inHeader.isEmpty() ? inBody : inHeader, operation(request), body);
    }

    /**
     * The same for a body that came otherwise than as a request of its own.
     *
     * @param operation the last part of the path that it would have had
     */
    public static SubmissionKey take(ObjectNode body, String operation) {
        return key(field(body), operation, body);
    }

    private static SubmissionKey key(String name, String operation, ObjectNode body) {
        return name.isEmpty() ? SubmissionKey.NONE : new SubmissionKey(name, fingerprint(operation, body));
    }

    private static String header(String value) {
        if (value == null) {
            return "";
        }
        String text = value.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return checked(HEADER, quoted ? text.substring(1, text.length() - 1) : text);
    }

    private static String field(ObjectNode body) {
        JsonNode top = body.remove(FIELD);
        JsonNode inner = body.get("input") instanceof ObjectNode input ? input.remove(FIELD) : null;
        JsonNode value = inner == null ? top : inner;
        if (value == null || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw ApiException.invalid(FIELD, "is not of type string");
        }
        return checked(FIELD, value.stringValue());
    }

    private static String checked(String where, String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw ApiException.invalid(where, "has " + name.length() + " characters; 1 to " + LONGEST + " are needed");
        }
        if (!name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw ApiException.invalid(where, "has other characters than visible ones of ASCII");
        }
        return name;
    }

    /** The same for the same fields in another order. */
    private static String fingerprint(String operation, ObjectNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(SORTED.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Edits and generations with the same fields are different requests; the surface under which they are sent is none. */
    private static String operation(HttpServletRequest request) {
        String path = request.getRequestURI().replaceFirst("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
