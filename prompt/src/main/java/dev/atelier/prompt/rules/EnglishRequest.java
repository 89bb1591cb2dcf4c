package dev.atelier.prompt.rules;

import java.util.regex.Pattern;

/** How English speakers ask: "could you please make me …". */
final class EnglishRequest {
    /** One word of an asking phrase. */
    static final String WORDS =
            "(?:hi|hello|hey|please|kindly|could|can|would|will|you|i|we|i'd|we'd|i'm|i'll|i've|need|needs?|want|wants|like|love|to|have|see|get"
                    + "|got|let's|let|make|makes|create|generate|draw|paint|render|design|produce|give|show|send|sketch|illustrate|imagine|do|me|us|my"
                    + "|help|prepare|provide|build|compose|craft|output|return|looking|for|now|just|then|also|deliver|depict|visualize|visualise|picture this"
                    + "|it|this|that|as|into|in|turn|display|put|exactly|about|here|following|photograph|capture|film|these)";

    private static final Pattern ONLY = Pattern.compile(
            "\\s*(?:" + WORDS + "[\\s,]+){0,16}(?:the\\s+following\\s+)?(?:(?:the|a|an|all|with|and|of)\\s+)?");

    private EnglishRequest() {}

    /** Whether {@code words} are nothing but an asking phrase, or empty. */
    static boolean only(String words) {
        return ONLY.matcher(words).matches();
    }
}
