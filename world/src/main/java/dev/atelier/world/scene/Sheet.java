package dev.atelier.world.scene;

/** A poster, sign or label with a word in large letters. */
public record Sheet(Medium medium, Slogan word, Script script, Typeface typeface, Hue ink, Hue ground)
        implements Setting {

    /** The letters as they are printed. */
    public String letters() {
        return switch (script) {
            case LATIN -> word.words().english().getFirst();
            case CHINESE -> word.words().chinese().getFirst();
        };
    }

    public Sheet withWord(Slogan word) {
        return new Sheet(medium, word, script, typeface, ink, ground);
    }

    public Sheet withInk(Hue ink) {
        return new Sheet(medium, word, script, typeface, ink, ground);
    }

    public Sheet withGround(Hue ground) {
        return new Sheet(medium, word, script, typeface, ink, ground);
    }
}
