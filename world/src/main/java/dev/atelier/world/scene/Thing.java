package dev.atelier.world.scene;

/** An object that could stand on a table. */
public record Thing(ThingKind kind, Hue colour, Material material, Size size, Side side) implements Subject {
    @Override
    public Thing withColour(Hue colour) {
        return new Thing(kind, colour, material, size, side);
    }

    public Thing withKind(ThingKind kind) {
        return new Thing(kind, colour, material, size, side);
    }

    @Override
    public Thing at(Side side) {
        return new Thing(kind, colour, material, size, side);
    }

    public Thing withMaterial(Material material) {
        return new Thing(kind, colour, material, size, side);
    }
}
