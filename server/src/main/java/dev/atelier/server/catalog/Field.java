package dev.atelier.server.catalog;

import java.util.List;

/**
 * A field that a model accepts: what its schema says of it is what requests are checked against.
 *
 * @param bounds of numbers (value), texts (characters) and lists (entries)
 * @param choices the only values allowed; empty: any
 * @param initial what stands when it is left out; null: nothing to say
 */
record Field(String name, Kind kind, String description, Bounds bounds, List<Object> choices, Object initial) {
    /** The JSON types of fields. */
    enum Kind {
        STRING("string"),
        INTEGER("integer"),
        NUMBER("number"),
        BOOLEAN("boolean"),
        STRINGS("array");

        private final String json;

        Kind(String json) {
            this.json = json;
        }

        String json() {
            return json;
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

    static Field integer(String name, long atLeast, long atMost, Object initial, String description) {
        return new Field(name, Kind.INTEGER, description, Bounds.of(atLeast, atMost), List.of(), initial);
    }

    static Field number(String name, double atLeast, double atMost, Object initial, String description) {
        return new Field(name, Kind.NUMBER, description, Bounds.of(atLeast, atMost), List.of(), initial);
    }

    static Field flag(String name, boolean initial, String description) {
        return new Field(name, Kind.BOOLEAN, description, Bounds.NONE, List.of(), initial);
    }

    static Field choice(String name, List<Object> choices, Object initial, String description) {
        return new Field(name, Kind.STRING, description, Bounds.NONE, choices, initial);
    }
}
