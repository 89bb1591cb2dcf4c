package dev.atelier.world.scene;

/** A piece of furniture against the far wall of a room. */
public record Furniture(FurnitureKind kind, Hue colour, Side side) implements Subject {
    @Override
    public Furniture withColour(Hue colour) {
        return new Furniture(kind, colour, side);
    }

    @Override
    public Furniture at(Side side) {
        return new Furniture(kind, colour, side);
    }
}
