package dev.atelier.training.stage;

/**
 * How long a run lasts: so many steps, or so many minutes. Learning rates and stages follow the share of it that is used up, so that
 * every run ends annealed. Only a run by steps is repeatable to the bit.
 *
 * @param steps of the whole run; 0: by time
 * @param minutes of the whole run, breaks between resumed sessions not counted
 */
public record Budget(long steps, double minutes) {
    public Budget {
        if (steps < 0 || (steps == 0) == !(minutes > 0)) {
            throw new IllegalArgumentException(
                    "budget: " + steps + " steps, " + minutes + " minutes; one of them above 0 expected");
        }
    }

    /** Share used up, 0 to 1. */
    double used(long step, double seconds) {
        return Math.min(1, steps > 0 ? (double) step / steps : seconds / (60 * minutes));
    }
}
