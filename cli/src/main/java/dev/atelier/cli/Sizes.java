package dev.atelier.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Sizes() {}

    /** Bytes in decimal units, as in {@code 8.1 GB}. */
    static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** Seconds of an estimate, as in {@code 12 s} or {@code 2:05 min}. */
    static String wholeSeconds(double seconds) {
        return seconds >= 100 ? seconds(seconds) : Math.round(seconds) + " s";
    }

    static String seconds(double seconds) {
        if (seconds >= 100) {
            return String.format(Locale.ROOT, "%d:%02d min", (long) seconds / 60, (long) seconds % 60);
        }
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }
}
