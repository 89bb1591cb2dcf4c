package dev.atelier.world.scene;

/** One thing that is true of a picture and can be seen in it. */
public record Fact(Aspect aspect, Term value) {

    /** @throws IllegalArgumentException when the value is not of the aspect's vocabulary */
    public Fact {
        if (!aspect.vocabulary().contains(value)) {
            throw new IllegalArgumentException(aspect + ": " + value + " is not one of " + aspect.vocabulary());
        }
    }
}
