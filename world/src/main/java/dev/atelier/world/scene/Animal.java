package dev.atelier.world.scene;

/**
 * An animal that sits facing the viewer.
 *
 * @param colour of the fur; of the dark parts where the kind has white ones
 * @param accent of what it wears
 */
public record Animal(AnimalKind kind, Hue colour, Wearable wears, Hue accent, Expression expression, Side side)
        implements Subject {
    @Override
    public Animal withColour(Hue colour) {
        return new Animal(kind, colour, wears, accent, expression, side);
    }

    public Animal withKind(AnimalKind kind) {
        return new Animal(kind, colour, wears, accent, expression, side);
    }

    @Override
    public Animal at(Side side) {
        return new Animal(kind, colour, wears, accent, expression, side);
    }

    public Animal with(Expression expression) {
        return new Animal(kind, colour, wears, accent, expression, side);
    }

    public Animal wearing(Wearable wears, Hue accent) {
        return new Animal(kind, colour, wears, accent, expression, side);
    }
}
