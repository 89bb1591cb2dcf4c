package dev.atelier.server.media;

import dev.atelier.server.error.ApiException;
import java.util.Base64;
import java.util.Locale;

/**
 * Pictures written into a request: {@code data:} URIs and bare base64, in the standard or the URL alphabet, with or
 * without padding.
 */
final class InlineImage {
    private static final int SHORTEST = 32;

    private InlineImage() {}

    static boolean isDataUri(String text) {
        return text.regionMatches(true, 0, "data:", 0, 5);
    }

    /**
     * @param text a {@code data:} URI or base64; its media type is not looked at, the content decides
     * @throws ApiException naming {@code field}: 400 when it is neither, 413 when it is longer than {@code maxBytes}
     */
    static byte[] decode(String field, String text, long maxBytes) {
        if (!isDataUri(text)) {
            return base64(field, text, maxBytes);
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw ApiException.invalid(field, "the data: URI has no comma before its data");
        }
        String head = text.substring(0, comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(";base64")) {
            throw ApiException.invalid(field, "the data: URI is not base64; \"data:image/png;base64,…\" is needed");
        }
        return base64(
                field,
                text.substring(comma + 1)
                        .replace("%2B", "+")
                        .replace("%2F", "/")
                        .replace("%3D", "="),
                maxBytes);
    }

    private static byte[] base64(String field, String text, long maxBytes) {
        if (text.length() / 4 * 3L > maxBytes + maxBytes / 32 + 16) {
            throw ApiException.tooLarge(
                    field, text.length() + " characters of base64; at most " + maxBytes + " bytes are allowed");
        }
        String digits = text.replaceAll("[\\r\\n\\t ]", "").replace('-', '+').replace('_', '/');
        if (digits.length() < SHORTEST) {
            throw neither(field);
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException _) {
            throw neither(field);
        }
        if (bytes.length > maxBytes) {
            throw ApiException.tooLarge(field, bytes.length + " bytes; at most " + maxBytes + " are allowed");
        }
        return bytes;
    }

    private static ApiException neither(String field) {
        return ApiException.invalid(field, "neither an http(s) URL nor a data: URI nor base64 of a picture");
    }
}
