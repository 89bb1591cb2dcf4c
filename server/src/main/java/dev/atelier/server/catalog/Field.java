package dev.atelier.server.catalog;

import java.util.List;

/**
 * A field that a model accepts: what its schema says of it is what requests are checked against.
 *
 * @param bounds of numbers (value), texts and pictures (characters) and lists (entries)
 * @param choices the only values allowed, in lower case; empty: any
 * @param initial what stands when it is left out; null: nothing to say
 */
record Field(String name, Kind kind, String description, Bounds bounds, List<Object> choices, Object initial) {
    /** What fields hold, with their JSON types. */
    enum Kind {
        STRING("string"),
        INTEGER("integer"),
        NUMBER("number"),
        BOOLEAN("boolean"),
        /** Something that names a picture. */
        PICTURE("string"),
        /** One picture or several. */
        PICTURES("string or array of strings"),
        /** Several pictures; one is understood. */
        PICTURE_LIST("array of strings");

        private final String json;

        Kind(String json) {
            this.json = json;
        }

        /** The type's name, for schemas (of the kinds with one type) and for people. */
        String json() {
            return json;
        }

        boolean isPictures() {
            return this == PICTURES || this == PICTURE_LIST;
        }
    }

    /** @param atLeast null: no bound */
    record Bounds(Number atLeast, Number atMost) {
        static final Bounds NONE = new Bounds(null, null);

        static Bounds of(Number atLeast, Number atMost) {
            return new Bounds(atLeast, atMost);
        }
    }

    static Field text(String name, int atMost, String description) {
        return new Field(name, Kind.STRING, description, Bounds.of(0, atMost), List.of(), null);
    }

    static Field picture(String name, Kind kind, Number atMost, String description) {
        return new Field(name, kind, description, Bounds.of(0, atMost), List.of(), null);
    }

    static Field integer(String name, long atLeast, long atMost, Object initial, String description) {
        return new Field(name, Kind.INTEGER, description, Bounds.of(atLeast, atMost), List.of(), initial);
    }

    static Field number(String name, double atLeast, double atMost, Object initial, String description) {
        return new Field(name, Kind.NUMBER, description, Bounds.of(atLeast, atMost), List.of(), initial);
    }

    static Field flag(String name, Object initial, String description) {
        return new Field(name, Kind.BOOLEAN, description, Bounds.NONE, List.of(), initial);
    }

    static Field choice(String name, List<Object> choices, Object initial, String description) {
        return new Field(name, Kind.STRING, description, Bounds.NONE, choices, initial);
    }
}
