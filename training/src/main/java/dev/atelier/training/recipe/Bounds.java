package dev.atelier.training.recipe;

/** Checks of a recipe's numbers; messages name field, value and bound. */
final class Bounds {
    private Bounds() {}

    static void atLeast(String field, double value, double least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(field + ": " + text(value) + "; " + text(least) + " or more expected");
        }
    }

    static void above(String field, double value, double bound) {
        if (!(value > bound)) {
            throw new IllegalArgumentException(field + ": " + text(value) + "; above " + text(bound) + " expected");
        }
    }

    static void between(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    field + ": " + text(value) + "; " + text(least) + " to " + text(most) + " expected");
        }
    }

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": missing");
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
