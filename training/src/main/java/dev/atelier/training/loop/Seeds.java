package dev.atelier.training.loop;

import java.util.SplittableRandom;

/**
 * Streams of random numbers of a run, each a function of the run's seed and a number (as a rule the step) alone: so a run that was
 * killed draws the same numbers when it goes on. The factors are primes, so that
 * the streams of neighbouring seeds do not meet.
 */
public enum Seeds {
    /** Tasks, examples and wordings of a step. */
    PLAN(1_000_003),
    /** Noise and noise levels of a step. */
    NOISE(7_919),
    /** Where a distillation step starts from. */
    DISTILLATION(104_729),
    /** Noise on the latents of an autoencoder's step. */
    RECONSTRUCTION(15_485_863),
    /** Pictures and crops of an autoencoder's step. */
    CROPS(1_000_033),
    /** Random crops of a data set's pictures. */
    PICTURE_CROPS(1_000_003);

    private final long factor;

    Seeds(long factor) {
        this.factor = factor;
    }

    public long of(long seed, long number) {
        return seed * factor + number;
    }

    public SplittableRandom random(long seed, long number) {
        return new SplittableRandom(of(seed, number));
    }
}
