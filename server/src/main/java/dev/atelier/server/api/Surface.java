package dev.atelier.server.api;

import jakarta.servlet.http.HttpServletRequest;

/** The HTTP surfaces, which read the same fields and differ in what a request leaves open. */
public enum Surface {
    /** {@code /api/v1}. */
    ATLAS,
    /** {@code /v1}, as OpenAI's clients speak it. */
    OPENAI,
    /** {@code /api/v3}, as Ark's clients speak it. */
    ARK;

    public static Surface of(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith("/api/v3/")) {
            return ARK;
        }
        return path.startsWith("/v1/") ? OPENAI : ATLAS;
    }

    /** Whether pictures are answered as base64 when the request does not say. */
    boolean base64() {
        return this == OPENAI;
    }

    /** Whether the answer comes when the pictures are finished, or as a stream. */
    boolean waits() {
        return this != ATLAS;
    }
}
