package dev.atelier.engine.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The noise levels of an Euler integration of a flow: {@code sigmas[0]} to {@code sigmas[steps]} = 0. Source: diffusers
 * {@code FlowMatchEulerDiscreteScheduler}, {@code compute_empirical_mu} of {@code pipeline_flux2.py}.
 *
 * @param sigmas falling, in 0 to 1, the last 0
 */
public record FlowMatchSchedule(List<Double> sigmas) {
    public FlowMatchSchedule {
        sigmas = List.copyOf(sigmas);
    }

    /** Evenly spaced levels from 1 to 1/steps, shifted as {@code config} says for {@code tokens} image tokens. */
    public static FlowMatchSchedule of(SchedulerConfig config, int steps, long tokens) {
        List<Double> even = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            even.add(1.0 + i * (1.0 / steps - 1.0) / Math.max(1, steps - 1));
        }
        return of(config, even, tokens);
    }

    /**
     * Given levels, shifted as {@code config} says.
     *
     * @throws IllegalArgumentException when they do not fall strictly within (0, 1]
     */
    public static FlowMatchSchedule of(SchedulerConfig config, List<Double> levels, long tokens) {
        List<Double> out = new ArrayList<>();
        double previous = Double.POSITIVE_INFINITY;
        for (double level : levels) {
            if (!(level > 0 && level <= 1 && level < previous)) {
                throw new IllegalArgumentException("sigmas: " + levels + " do not fall strictly within (0, 1]");
            }
            previous = level;
            // The reference computes sigmas in float32.
            out.add((double) (float) shift(config, level, levels.size(), tokens));
        }
        out.add(0.0);
        return new FlowMatchSchedule(out);
    }

    /**
     * Evenly spaced levels from {@code strength} down, shifted as {@code config} says: the last part of a schedule of {@code steps} steps, for
     * an image that is changed instead of made from noise. At 1 it is {@link #of(SchedulerConfig, int, long)}, at 0 it has no steps.
     *
     * @param strength 0 to 1
     */
    public static FlowMatchSchedule of(SchedulerConfig config, int steps, double strength, long tokens) {
        if (strength >= 1) {
            return of(config, steps, tokens);
        }
        List<Double> levels = new ArrayList<>();
        long count = strength > 0 ? Math.max(1, Math.round(steps * strength)) : 0;
        for (int i = 0; i < count; i++) {
            levels.add(strength * (count - i) / count);
        }
        return of(config, levels, tokens);
    }

    /** Evenly spaced levels from {@code sigma} down, just so: for steps that begin at a chosen noise level. @param sigma 0 to 1 */
    public static FlowMatchSchedule from(double sigma, int steps) {
        List<Double> levels = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            levels.add(sigma * (steps - i) / steps);
        }
        return new FlowMatchSchedule(levels);
    }

    public int steps() {
        return sigmas.size() - 1;
    }

    /**
     * The level that {@code config} makes of an even one.
     *
     * @param sigma in (0, 1]
     * @param steps of the whole integration
     * @param tokens of the image
     */
    public static double shift(SchedulerConfig config, double sigma, int steps, long tokens) {
        if (!config.dynamicShifting()) {
            return config.shift() * sigma / (1 + (config.shift() - 1) * sigma);
        }
        double mu = empiricalMu(tokens, steps);
        double factor = config.exponential() ? Math.exp(mu) : mu;
        return factor / (factor + (1 / sigma - 1));
    }

    /** The shift that suits a number of image tokens and steps; a fit by Black Forest Labs. */
    static double empiricalMu(long tokens, int steps) {
        double at200 = 0.00016927 * tokens + 0.45666666;
        if (tokens > 4300) {
            return at200;
        }
        double at10 = 8.73809524e-05 * tokens + 1.89833333;
        double slope = (at200 - at10) / 190.0;
        return slope * steps + at200 - 200.0 * slope;
    }
}
