package dev.atelier.world.scene;

import java.util.Set;

/**
 * A kind of {@link Drawing}.
 *
 * @param ordinal its row in the table of nouns
 * @param name the key under which the sets of drawings have it, such as {@code polar-bear}
 * @param words an English word that takes no article, a mass or a plural, begins with {@code ~}
 * @param plural of the first English word; empty where it is not counted
 * @param measure the Chinese measure word
 * @param group what it belongs to: animal, plant, food, place, vehicle, object and the like
 * @param size from 1, a ring, to 6, a castle
 * @param common whether it is one of those that people ask for most
 * @param sets the sets that have it, by their first styles
 * @param hue the colour that most of it has in every set; null where it has several
 * @param dyeable whether another colour can take the place of that one
 */
public record Noun(
        int ordinal,
        String name,
        Words words,
        String plural,
        String measure,
        String group,
        Footing footing,
        int size,
        boolean common,
        Set<Style> sets,
        Hue hue,
        boolean dyeable)
        implements Term {

    /** @throws IllegalArgumentException when the size is out of bounds or no set has it */
    public Noun {
        if (size < 1 || size > 6) {
            throw new IllegalArgumentException(name + ": size " + size + ", 1 to 6 expected");
        }
        if (sets.isEmpty()) {
            throw new IllegalArgumentException(name + ": no set draws it");
        }
        sets = Set.copyOf(sets);
    }

    public boolean counted() {
        return !plural.isEmpty();
    }

    /** Whether there is a drawing of it that goes with {@code style}. */
    public boolean drawnIn(Style style) {
        return style.colours() && sets.contains(setOf(style));
    }

    /** The style whose set of drawings serves {@code style}. */
    public static Style setOf(Style style) {
        return switch (style) {
            case SOFT, PAINTERLY -> Style.SOFT;
            case FLAT, PAPER_CUT, LINE_ART, NEON -> Style.FLAT;
            case CARTOON -> Style.CARTOON;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Noun noun && noun.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
