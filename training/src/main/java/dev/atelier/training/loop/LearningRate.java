package dev.atelier.training.loop;

/**
 * How learning rates go over a run: up linearly, constant, down linearly to a twentieth.
 *
 * @param warmup steps of rising
 * @param decayFrom share of the run after which they fall
 */
public record LearningRate(int warmup, double decayFrom) {
    private static final double LAST = 0.05;

    /**
     * @param step updates made before this one
     * @param used share of the run, 0 to 1
     * @return 0 to 1, of the full rates
     */
    public double factor(long step, double used) {
        double rise = Math.min(1, (step + 1.0) / warmup);
        double fall = used < decayFrom ? 1 : 1 - (1 - LAST) * (used - decayFrom) / (1 - decayFrom);
        return Math.min(rise, fall);
    }
}
