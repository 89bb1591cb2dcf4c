package dev.atelier.prompt;

import java.util.Locale;

/**
 * What is asked for in words.
 *
 * @param text English or Chinese, 1 to {@value #MAX_LENGTH} characters
 * @param negative what to avoid, up to {@value #MAX_LENGTH} characters; empty: nothing
 * @param expand whether prompt engineering may rewrite the text; without it every shot gets the text as it is
 */
public record Prompt(String text, String negative, boolean expand) {
    public static final int MAX_LENGTH = 4000;

    /** @throws InvalidRequestException when the text is blank or one of both is too long */
    public Prompt {
        if (text == null || text.isBlank()) {
            throw new InvalidRequestException("prompt", "is empty", "1 to 4,000 characters are needed");
        }
        negative = negative == null ? "" : negative.strip();
        text = text.strip();
        checkLength("prompt", text);
        checkLength("negative_prompt", negative);
    }

    /** A prompt that may be rewritten. */
    public static Prompt of(String text) {
        return new Prompt(text, "", true);
    }

    private static void checkLength(String field, String text) {
        int length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            throw new InvalidRequestException(
                    field, String.format(Locale.ROOT, "has %,d characters", length), "at most 4,000 are allowed");
        }
    }
}
