package dev.atelier.training.evaluation;

/**
 * A figure of the report.
 *
 * @param value of the model; not a number where there was nothing to measure
 * @param reference of true pictures, measured in the same way: the ceiling of an agreement, the floor of a distance; not a number
 *     where there is none
 * @param count of what the value is a mean over
 */
public record Measure(Part part, String name, Unit unit, double value, double reference, int count) {
    /** What a figure is counted in. */
    public enum Unit {
        /** 0 to 1. */
        AGREEMENT,
        /** -1 to 1. */
        COSINE,
        DECIBEL,
        /** From 0 up; less is better. */
        DISTANCE
    }

    /** The value as a share of what true pictures reach; not a number for decibels and distances. */
    public double share() {
        return unit == Unit.AGREEMENT || unit == Unit.COSINE ? value / reference : Double.NaN;
    }
}
