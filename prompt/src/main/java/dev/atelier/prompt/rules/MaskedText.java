package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt beside a copy that the rules read: lower case, with quoted text hidden behind a letter that no rule matches. Both
 * have the same length, so a place in one is the place in the other.
 */
record MaskedText(String original, String visible) {
    /** How far a clause is followed; longer ones are cut, which keeps the work linear. */
    private static final int MAX_CLAUSE = 200;

    private static final int MAX_BEFORE = 40;
    private static final char HIDDEN = '\uE000';
    private static final Pattern QUOTED =
            Pattern.compile("\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|‘[^’\n]{1,400}’|「[^」\n]{1,400}」"
                    + "|『[^』\n]{1,400}』|《[^》\n]{1,400}》|«[^»\n]{1,400}»"
                    + "|(?<![\\p{L}\\p{N}])'[^'\n]{1,400}'(?![\\p{L}\\p{N}])");
    /** Names that sound like counts; their capitals tell them from what is counted. */
    private static final Pattern NAMES = Words.pattern("{names}|{zh-names}");

    private static final Pattern ENGLISH = Pattern.compile("[\\p{IsLatin}×*]");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    static MaskedText of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            visible.append(Character.toLowerCase(text.charAt(i)));
        }
        return new MaskedText(text, visible.toString())
                .hide(quotes(text))
                .hide(NAMES.matcher(text).results().map(Span::of).toList());
    }

    /** The quoted parts of {@code text}, quotation marks included, in order. */
    static List<Span> quotes(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            spans.add(Span.of(matcher));
        }
        return spans;
    }

    /** The same text with {@code spans} hidden too. */
    MaskedText hide(List<Span> spans) {
        StringBuilder hidden = new StringBuilder(visible);
        for (Span span : spans) {
            for (int i = span.start(); i < span.end(); i++) {
                hidden.setCharAt(i, HIDDEN);
            }
        }
        return new MaskedText(original, hidden.toString());
    }

    /** Whether the visible text is Chinese rather than English: whether any of it is. */
    boolean chinese() {
        return CHINESE.matcher(visible).find();
    }

    /** Whether any of the visible text may be English: a letter, or the sign of a number of times. */
    boolean english() {
        return ENGLISH.matcher(visible).find();
    }

    String original(Span span) {
        return original.substring(span.start(), span.end());
    }

    /** Where the clause around {@code at} begins: after the last punctuation mark or line break, or 200 characters before. */
    int clauseStart(int at) {
        int start = at;
        while (start > 0 && at - start < MAX_CLAUSE && !breaks(start - 1)) {
            start--;
        }
        return start;
    }

    /** Whether {@code pattern}, which ends with "$", fits what stands before {@code at} in its clause, 40 characters at the most. */
    boolean endsBefore(Pattern pattern, int at) {
        return pattern.matcher(visible)
                .region(Math.max(clauseStart(at), at - MAX_BEFORE), at)
                .find();
    }

    /** Whether {@code pattern} fits what begins at {@code at}. */
    boolean goesOn(Pattern pattern, int at) {
        return pattern.matcher(visible).region(at, visible.length()).lookingAt();
    }

    private boolean breaks(int at) {
        char c = visible.charAt(at);
        boolean dash = c == '-' && at > 0 && visible.charAt(at - 1) == ' ' && visible.startsWith("- ", at);
        return dash || ",.;:!?()[]，。；：！？、（）【】—–\n".indexOf(c) >= 0;
    }

    /** Where the clause around {@code at} ends. */
    int clauseEnd(int at) {
        int end = at;
        while (end < visible.length() && end - at < MAX_CLAUSE && !breaks(end)) {
            end++;
        }
        return end;
    }
}
