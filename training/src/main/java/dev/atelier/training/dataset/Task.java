package dev.atelier.training.dataset;

/** What a model is asked for. */
public enum Task {
    /** A picture from words. */
    TEXT_TO_IMAGE,
    /** One reference, changed as an instruction says. */
    EDIT,
    /** Two references brought together. */
    COMPOSE,
    /** A shot after one or two earlier ones. */
    SEQUENCE,
    /** One reference, to be made again as it is: what editing stands on, and learnt far sooner alone than among changes. */
    REPEAT,
    /** A picture that carries letters, from words and a reference of the letters alone, where they are to be. */
    GLYPH;

    /** References an example of this task has. @param variant any number; tasks with a choice take it from there */
    public int references(long variant) {
        return switch (this) {
            case TEXT_TO_IMAGE -> 0;
            case EDIT, REPEAT, GLYPH -> 1;
            case COMPOSE -> 2;
            case SEQUENCE -> 1 + Math.floorMod(variant, 2);
        };
    }
}
