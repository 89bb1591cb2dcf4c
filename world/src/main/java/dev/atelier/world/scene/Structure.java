package dev.atelier.world.scene;

/**
 * A building, or something built that stands alone in a landscape.
 *
 * @param colour of the walls; of the sail or the balloon where there are no walls
 * @param roof of the roof; ignored where the kind has none
 * @param size large when the picture is of it, medium when it is part of a landscape
 */
public record Structure(StructureKind kind, Hue colour, Hue roof, Size size, Side side) implements Subject {
    @Override
    public Structure withColour(Hue colour) {
        return new Structure(kind, colour, roof, size, side);
    }

    public Structure withRoof(Hue roof) {
        return new Structure(kind, colour, roof, size, side);
    }

    public Structure withKind(StructureKind kind) {
        return new Structure(kind, colour, roof, size, side);
    }

    @Override
    public Structure at(Side side) {
        return new Structure(kind, colour, roof, size, side);
    }
}
