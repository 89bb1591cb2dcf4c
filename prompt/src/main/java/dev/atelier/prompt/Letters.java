package dev.atelier.prompt;

import java.util.List;

/**
 * Text that a picture is to carry, letter by letter.
 *
 * @param lines from the top, at least one
 */
public record Letters(List<String> lines, Carrier carrier) {
    /** What text stands on. */
    public enum Carrier {
        POSTER("a poster"),
        SIGN("a sign"),
        LABEL("a label"),
        MUG("a mug"),
        SHOP_FRONT("a shop front"),
        SCREEN("a screen"),
        /** The picture itself, in its upper third. */
        TITLE("the picture's upper third");

        private final String label;

        Carrier(String label) {
            this.label = label;
        }

        /** In a sentence, after "on". */
        public String label() {
            return label;
        }
    }

    /** @throws IllegalArgumentException when there is nothing to read */
    public Letters {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("lines: " + lines + "; one or more are needed, none of them blank");
        }
    }
}
