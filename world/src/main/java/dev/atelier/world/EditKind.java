package dev.atelier.world;

/** What an edit changes. */
public enum EditKind {
    RECOLOUR(true),
    ADD(true),
    REMOVE(true),
    REPLACE(true),
    MATERIAL(true),
    TEXT(true),
    EXPRESSION(true),
    MOVE(true),
    BACKGROUND(false),
    TIME(false),
    WEATHER(false),
    SEASON(false),
    STYLE(false);

    private final boolean local;

    EditKind(boolean local) {
        this.local = local;
    }

    /** Whether the change stays about one subject, its shadow and its reflection, with all else pixel-identical. */
    public boolean local() {
        return local;
    }
}
