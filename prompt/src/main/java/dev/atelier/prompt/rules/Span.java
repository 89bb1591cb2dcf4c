package dev.atelier.prompt.rules;

import java.util.regex.MatchResult;

/** A half-open range of characters of a prompt. */
record Span(int start, int end) {
    static Span of(MatchResult match) {
        return new Span(match.start(), match.end());
    }

    boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }

    boolean contains(Span other) {
        return start <= other.start && other.end <= end;
    }
}
