package dev.atelier.training.loop;

/**
 * Where a run stands.
 *
 * @param step updates made in the whole run
 * @param stage index of the present stage
 * @param stageStep updates made in this stage
 * @param seconds trained so far, over all sessions of the run
 * @param smoothedLoss as {@link SmoothedLoss} has it; not a number before the first update
 */
public record Position(long step, int stage, long stageStep, double seconds, double smoothedLoss) {
    public static final Position START = new Position(0, 0, 0, 0, Double.NaN);

    /** The first position of stage {@code next}. */
    public Position entering(int next) {
        return new Position(step, next, 0, seconds, smoothedLoss);
    }

    Position after(double secondsNow, double smoothedLossNow) {
        return new Position(step + 1, stage, stageStep + 1, secondsNow, smoothedLossNow);
    }
}
