package dev.atelier.prompt.rules;

import java.util.List;

/**
 * The pictures that a prompt asks for.
 *
 * @param count at least 1
 * @param wished how many the words name, {@code count} or more
 * @param edits how the prompt reads in each picture; each has one text or {@code count} texts
 * @param differing what differs between the pictures, one a picture; empty: nothing that the prompt names
 * @param reason why, for people; empty for one picture
 */
record Series(int count, int wished, List<Edit> edits, List<String> differing, String reason) {
    static Series single() {
        return new Series(1, 1, List.of(), List.of(), "");
    }
}
