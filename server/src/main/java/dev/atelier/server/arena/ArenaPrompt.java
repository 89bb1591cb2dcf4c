package dev.atelier.server.arena;

import java.util.List;
import java.util.Locale;

/**
 * What contenders draw.
 *
 * @param category such as {@code film}; empty: none
 * @param images 1; 2 to 15 for a sequence
 * @param media id of the stored picture that an edit starts from; empty: none
 * @param from where it is from
 */
public record ArenaPrompt(String id, String text, Task task, String category, int images, String media, Origin from) {
    /** What is done with the words. */
    public enum Task {
        TEXT_TO_IMAGE,
        EDIT,
        SEQUENCE;

        /** As the API writes it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException naming what is allowed */
        public static Task of(String label) {
            return List.of(values()).stream()
                    .filter(task -> task.label().equals(label))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("'" + label + "' is none of text-to-image, edit, sequence"));
        }
    }

    /** Where a prompt is from. */
    public enum Origin {
        BUILT_IN,
        OWN,
        /** An order of the caller's, which it named itself. */
        HISTORY;

        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
