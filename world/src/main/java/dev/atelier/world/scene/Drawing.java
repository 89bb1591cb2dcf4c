package dev.atelier.world.scene;

import java.util.List;

/**
 * One thing or several of a kind as an illustrator drew it, in the manner of its scene's style.
 *
 * @param dye the colour that takes the place of its own; null where it has its own
 * @param count how many, 1 to 6
 */
public record Drawing(Noun kind, Hue dye, int count, Side side) implements Subject {

    /** @throws IllegalArgumentException when the count is out of bounds, or the kind can neither be counted nor dyed so */
    public Drawing {
        if (count < 1 || count > 6) {
            throw new IllegalArgumentException("count: " + count + ", 1 to 6 expected");
        }
        if (count > 1 && !kind.counted()) {
            throw new IllegalArgumentException("count: " + count + " of " + kind + ", which has no plural");
        }
        if (dye != null && !kind.dyeable()) {
            throw new IllegalArgumentException("dye: " + dye + " for " + kind + ", which has several colours");
        }
    }

    /** Null where it has several. */
    @Override
    public Hue colour() {
        return dye == null ? kind.hue() : dye;
    }

    /** The colours that a caption may name, none or one. */
    public List<Hue> colours() {
        return colour() == null ? List.of() : List.of(colour());
    }

    @Override
    public Drawing withColour(Hue colour) {
        return new Drawing(kind, colour, count, side);
    }

    /** Another kind in its own colour, as many where it can be counted. */
    public Drawing withKind(Noun kind) {
        return new Drawing(kind, null, kind.counted() ? count : 1, side);
    }

    @Override
    public Drawing at(Side side) {
        return new Drawing(kind, dye, count, side);
    }
}
