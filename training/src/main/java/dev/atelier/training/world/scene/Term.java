package dev.atelier.training.world.scene;

/** A value of a closed vocabulary. Implemented by enums only, so that {@link #name()} and {@link #ordinal()} are labels. */
public interface Term {
    String name();

    int ordinal();

    Words words();
}
