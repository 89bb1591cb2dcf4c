package dev.atelier.training.loop;

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

    /** A budget of {@code share} of this one; of steps at least one. */
    public Budget part(double share) {
        return steps > 0 ? new Budget(Math.max(1, Math.round(share * steps)), 0) : new Budget(0, share * minutes);
    }

    /**
     * What {@code part} leaves of this one.
     *
     * @throws IllegalArgumentException when that is nothing
     */
    public Budget without(Budget part) {
        return new Budget(steps - part.steps, minutes - part.minutes);
    }

    /** Share used up, 0 to 1. */
    public double used(long step, double seconds) {
        return Math.min(1, steps > 0 ? (double) step / steps : seconds / (60 * minutes));
    }
}
