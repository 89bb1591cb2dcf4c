package dev.atelier.world.scene;

/**
 * A human or human-like figure seen from the front.
 *
 * @param colour of the garment; of the body for a robot
 * @param look what stays the same from picture to picture
 */
public record Person(PersonKind kind, Hue colour, Look look, Expression expression, Pose pose, Side side)
        implements Subject {

    /**
     * @param accent the colour of the headwear
     * @param skin index of a skin tone, 0 to 3
     */
    public record Look(
            HairStyle hair, HairColour hairColour, Garment garment, Headwear headwear, Hue accent, int skin) {

        /** @throws IllegalArgumentException when the skin tone is out of bounds */
        public Look {
            if (skin < 0 || skin > 3) {
                throw new IllegalArgumentException("skin: " + skin + ", 0 to 3 expected");
            }
        }

        public Look withHeadwear(Headwear headwear, Hue accent) {
            return new Look(hair, hairColour, garment, headwear, accent, skin);
        }
    }

    @Override
    public Person withColour(Hue colour) {
        return new Person(kind, colour, look, expression, pose, side);
    }

    @Override
    public Person at(Side side) {
        return new Person(kind, colour, look, expression, pose, side);
    }

    public Person with(Look look) {
        return new Person(kind, colour, look, expression, pose, side);
    }

    public Person with(Expression expression) {
        return new Person(kind, colour, look, expression, pose, side);
    }

    public Person with(Pose pose) {
        return new Person(kind, colour, look, expression, pose, side);
    }
}
