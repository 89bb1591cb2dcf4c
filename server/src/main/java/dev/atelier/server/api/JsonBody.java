package dev.atelier.server.api;

import dev.atelier.reason.Reasons;
import dev.atelier.server.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body as a JSON object, bounded before it is parsed. */
@Component
public class JsonBody {
    /** Room for an inline picture of 30 MB in base64 and some more. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final int MAX_DEPTH = 16;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .maxNumberLength(40)
                            .maxNameLength(200)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    JsonBody() {}

    /** @throws ApiException 400 when it is no JSON object, 413 when it is too long, 415 when it says that it is something else */
    public ObjectNode read(HttpServletRequest request) {
        requireJson(request.getContentType());
        byte[] bytes = bytes(request);
        try {
            JsonNode node = json.readTree(bytes);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw ApiException.invalid("body", "is no JSON object");
        } catch (JacksonException e) {
            throw ApiException.invalid("body", "is no valid JSON: " + Reasons.of(e));
        }
    }

    private static void requireJson(String contentType) {
        // Clients that name no type, or a form's, send JSON all the same.
        boolean json = contentType == null
                || contentType.regionMatches(true, 0, MediaType.APPLICATION_JSON_VALUE, 0, 16)
                || contentType.regionMatches(true, 0, MediaType.TEXT_PLAIN_VALUE, 0, 10)
                || contentType.regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0, 33);
        if (!json) {
            String shown = contentType.length() <= 60 ? contentType : contentType.substring(0, 60) + "…";
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type",
                    "'" + shown + "' is not supported; application/json is");
        }
    }

    private static byte[] bytes(HttpServletRequest request) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLong();
        }
        try {
            byte[] bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLong();
            }
            return bytes;
        } catch (IOException e) {
            throw ApiException.invalid("body", "ended before it was whole");
        }
    }

    private static ApiException tooLong() {
        return ApiException.tooLarge("body", "is longer than 64 MiB; upload large references with uploadMedia");
    }
}
