package dev.atelier.engine.reference;

/** Noise levels as diffusers' {@code FlowMatchEulerDiscreteScheduler.set_timesteps} and {@code compute_empirical_mu} make them. */
public final class SlowSchedule {
    private SlowSchedule() {}

    /** @param shift of a schedule that does not look at the size; 0: by the number of tokens and steps @return steps + 1 levels, the last is 0 */
    public static double[] sigmas(int steps, int tokens, double shift, Fault fault) {
        double[] out = new double[steps + 1];
        for (int i = 0; i < steps; i++) {
            // numpy.linspace(1, 1 / steps, steps)
            double sigma = steps == 1 ? 1 : 1 - i * (1 - 1.0 / steps) / (steps - 1);
            if (fault == Fault.SCHEDULE_UNSHIFTED) {
                out[i] = sigma;
            } else if (shift > 0) {
                out[i] = shift * sigma / (1 + (shift - 1) * sigma);
            } else {
                double mu = mu(tokens, steps);
                out[i] = Math.exp(mu) / (Math.exp(mu) + (1 / sigma - 1));
            }
        }
        return out;
    }

    private static double mu(int tokens, int steps) {
        double b = 0.00016927 * tokens + 0.45666666;
        if (tokens > 4300) {
            return b;
        }
        double a = 8.73809524e-05 * tokens + 1.89833333;
        return (b - a) / 190 * steps + b - 200 * (b - a) / 190;
    }
}
