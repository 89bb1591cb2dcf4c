package dev.atelier.world.scene;

/** A value of a closed vocabulary, an enum or the table of {@link Nouns}, so that {@link #name()} and {@link #ordinal()} are labels. */
public interface Term {
    String name();

    int ordinal();

    Words words();
}
