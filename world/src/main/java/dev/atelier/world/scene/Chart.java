package dev.atelier.world.scene;

import java.util.List;

/**
 * A diagram of some parts.
 *
 * @param hues one for all parts, or one a part in their order
 */
public record Chart(ChartKind kind, Count parts, List<Hue> hues, Hue ground) implements Setting {

    /** @throws IllegalArgumentException when there are neither one hue nor as many as parts */
    public Chart {
        if (hues.size() != 1 && hues.size() != parts.ordinal() + 2) {
            throw new IllegalArgumentException(
                    "hues: " + hues.size() + ", 1 or " + (parts.ordinal() + 2) + " expected");
        }
        hues = List.copyOf(hues);
    }

    public int count() {
        return parts.ordinal() + 2;
    }

    /** The colour of part {@code index}, from 0. */
    public Hue hue(int index) {
        return hues.get(hues.size() == 1 ? 0 : index);
    }

    public Chart withHues(List<Hue> hues) {
        return new Chart(kind, parts, hues, ground);
    }
}
