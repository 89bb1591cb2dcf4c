package dev.atelier.prompt.rules;

import java.util.List;

/**
 * A place where a prompt says how many pictures it wants.
 *
 * @param span the words to take out of the shots' prompts
 * @param replacement what stays in their place, such as "watercolor illustration"; may be empty
 * @param count at least 1
 * @param vague whether the exact number is open ("several", "a series of")
 * @param noun what is counted, such as "angles"; empty when it says nothing about how the pictures differ
 * @param kind how far it can be trusted
 */
record CountMention(Span span, String replacement, int count, boolean vague, String noun, Kind kind) {
    /** More places than this are not looked at. */
    static final int MAX = 40;

    /** How a count stands in its sentence. */
    enum Kind {
        /** It says outright how many pictures there are: "three images of …", ", 4 variations". */
        PICTURES,
        /** It counts parts, which may lie in one picture: "in four panels", "from three angles". */
        PARTS,
        /** It asks for one picture of each thing named. */
        EACH,
        /** It speaks of pictures without a number: they are as many as the list that follows has items, one without a list. */
        LIST,
        /** It tells a story in several pictures. */
        STORY
    }

    /** Adds {@code mention} to {@code mentions} unless there are enough or one of them has the same words. */
    static void add(List<CountMention> mentions, CountMention mention) {
        if (mentions.size() < MAX
                && mentions.stream().noneMatch(other -> other.span().overlaps(mention.span()))) {
            mentions.add(mention);
        }
    }

    boolean story() {
        return kind == Kind.STORY;
    }
}
