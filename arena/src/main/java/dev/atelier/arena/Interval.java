package dev.atelier.arena;

/** A figure with its 95 % interval. */
public record Interval(double value, double lower, double upper) {
    private static final double NORMAL_95 = 1.96;

    static Interval of(double value, double variance) {
        double half = NORMAL_95 * Math.sqrt(Math.max(0, variance));
        return new Interval(value, value - half, value + half);
    }

    Interval times(double scale) {
        return new Interval(value * scale, lower * scale, upper * scale);
    }

    Interval plus(double shift) {
        return new Interval(value + shift, lower + shift, upper + shift);
    }

    /** Whether 0 lies outside. */
    public boolean isClear() {
        return lower > 0 || upper < 0;
    }
}
