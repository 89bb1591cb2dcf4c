package dev.atelier.world.scene;

/** Something that a scene is about: it has a kind, a main colour and a place across the width. */
public sealed interface Subject permits Thing, Structure, Person, Animal, Furniture, Drawing {

    Term kind();

    /** The colour that a caption names; null for a {@link Drawing} of several. */
    Hue colour();

    Side side();

    Subject withColour(Hue colour);

    Subject at(Side side);
}
