package dev.atelier.training.evaluation;

/** Hits among trials, added up. Not thread-safe. */
final class Tally {
    private int hits;
    private int trials;

    void add(boolean hit) {
        trials++;
        if (hit) {
            hits++;
        }
    }

    int trials() {
        return trials;
    }

    /** Not a number without a trial. */
    double share() {
        return trials == 0 ? Double.NaN : (double) hits / trials;
    }
}
