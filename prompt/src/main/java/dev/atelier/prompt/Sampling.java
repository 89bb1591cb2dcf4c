package dev.atelier.prompt;

/**
 * How the denoiser runs.
 *
 * @param steps 1 to {@value #MAX_STEPS}; 0: the model's default
 * @param guidanceScale 0 to 100; -1: the model's default
 * @param seed of the first picture, 0 or more; {@value #RANDOM_SEED}: random
 */
public record Sampling(int steps, double guidanceScale, long seed) {
    public static final int MAX_STEPS = 200;
    public static final long RANDOM_SEED = -1;
    public static final double MODEL_GUIDANCE = -1;

    /** @throws InvalidRequestException when a bound is broken */
    public Sampling {
        if (steps < 0 || steps > MAX_STEPS) {
            throw new InvalidRequestException("steps", String.valueOf(steps), "1 to 200 is allowed, 0 is the default");
        }
        if (guidanceScale != MODEL_GUIDANCE && !(guidanceScale >= 0 && guidanceScale <= 100)) {
            throw new InvalidRequestException(
                    "guidance_scale", String.valueOf(guidanceScale), "0 to 100 is allowed, -1 is the default");
        }
        if (seed < RANDOM_SEED) {
            throw new InvalidRequestException("seed", String.valueOf(seed), "0 or more is allowed, -1 is random");
        }
    }

    /** The model's own steps and guidance, a random seed. */
    public static Sampling defaults() {
        return new Sampling(0, MODEL_GUIDANCE, RANDOM_SEED);
    }
}
