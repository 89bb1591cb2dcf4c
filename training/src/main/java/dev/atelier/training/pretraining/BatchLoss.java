package dev.atelier.training.pretraining;

import java.util.Arrays;
import java.util.List;

/**
 * The loss of one update.
 *
 * @param byNoise means over the examples whose noise level lies in each quarter of 0 to 1; null where there are none
 */
record BatchLoss(double mean, List<Double> byNoise) {
    private static final int BINS = 4;

    /** @param losses one an example @param times their noise levels, 0 to 1 */
    static BatchLoss of(float[] losses, float[] times) {
        double[] sums = new double[BINS];
        int[] counts = new int[BINS];
        double total = 0;
        for (int i = 0; i < losses.length; i++) {
            int bin = Math.min(BINS - 1, (int) (times[i] * BINS));
            sums[bin] += losses[i];
            counts[bin]++;
            total += losses[i];
        }
        Double[] means = new Double[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            boolean known = counts[bin] > 0 && Double.isFinite(sums[bin]);
            means[bin] = known ? Math.round(sums[bin] / counts[bin] * 1e5) / 1e5 : null;
        }
        return new BatchLoss(total / losses.length, Arrays.asList(means));
    }
}
