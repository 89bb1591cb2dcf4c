package dev.atelier.world.scene;

import java.util.Objects;

/**
 * A picture that carries letters of any kind, words or none. How they are turned and how large they are follows from the scene's seed.
 *
 * @param script of {@code letters}
 * @param ink colour of the letters
 * @param ground colour behind them; of the rim about the letters of a title
 * @param scene everything else: a {@link Sheet}, whose own word is not printed; a mug on its stage; the stage of a screen or the wall
 *     of a shop; anything at all under a title
 */
public record Inscription(
        Carrier carrier, String letters, Script script, Typeface typeface, Hue ink, Hue ground, Scene scene) {
    /** @throws IllegalArgumentException when there is nothing to read */
    public Inscription {
        Objects.requireNonNull(carrier, "carrier");
        if (letters.isBlank()) {
            throw new IllegalArgumentException("letters: none given");
        }
    }
}
