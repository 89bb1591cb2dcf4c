package dev.atelier.prompt.rules;

import java.util.List;

/**
 * What differs between the pictures of a series, as found in the prompt.
 *
 * @param span the words that the parts take the place of
 * @param texts one a picture
 * @param source where they come from
 */
record Parts(Span span, List<String> texts, Source source) {
    /** Kinds of lists. */
    enum Source {
        /** Each part is marked with its number: "1. … 2. …", "Shot 1: …", "第一格…". */
        MARKED,
        /** Parts follow a colon, a dash or stand in brackets. */
        LISTED,
        /** Parts are things to be drawn alone: "an apple and a pear, one image each". */
        SUBJECTS,
        /** Parts are values of a {@link Dimension}. */
        DIMENSION
    }

    int size() {
        return texts.size();
    }
}
