package dev.atelier.prompt.rules;

import java.util.regex.Pattern;

/** How English speakers ask: "could you please make me …". */
final class EnglishRequest {
    /** "Could you please make me the following": nothing of it is part of a picture. */
    private static final Pattern ONLY = Words.pattern(
            "\\s*(?:{asking}[\\s,]+){0,16}(?:the\\s+following\\s+)?(?:(?:the|a|an|all|with|and|of)\\s+)?");

    private EnglishRequest() {}

    /** Whether {@code words} are nothing but an asking phrase, or empty. */
    static boolean only(String words) {
        return ONLY.matcher(words).matches();
    }
}
