package dev.atelier.engine.sampling;

import dev.atelier.engine.weights.JsonConfig;

/**
 * {@code scheduler/scheduler_config.json} of a {@code FlowMatchEulerDiscreteScheduler}.
 *
 * @param dynamicShifting shift by the number of tokens and steps (empirical mu); else by {@code shift}
 * @param exponential how mu becomes a shift: {@code e^mu}, else mu itself
 * @param predictsSample the model predicts clean latents instead of the velocity (a key of ours, {@code prediction_type:
 *     "sample"}; FLUX.2 predicts the velocity)
 */
public record SchedulerConfig(boolean dynamicShifting, double shift, boolean exponential, boolean predictsSample) {
    /** Noise levels below this count as this where a predicted sample becomes a velocity, in training as in sampling. */
    public static final double MIN_SIGMA = 0.05;

    public static SchedulerConfig parse(JsonConfig json) {
        json.requireText("_class_name", "FlowMatchEulerDiscreteScheduler");
        json.requireBool("invert_sigmas", false);
        json.requireBool("stochastic_sampling", false);
        json.requireBool("use_karras_sigmas", false);
        json.requireBool("use_exponential_sigmas", false);
        json.requireBool("use_beta_sigmas", false);
        json.integer("num_train_timesteps", 1000, 1000, 1000);
        if (json.has("shift_terminal")) {
            throw json.wrong("shift_terminal", "null, the only value supported");
        }
        String type = json.string("time_shift_type", "exponential");
        if (!type.equals("exponential") && !type.equals("linear")) {
            throw json.wrong("time_shift_type", "'exponential' or 'linear'");
        }
        String prediction = json.string("prediction_type", "velocity");
        if (!prediction.equals("velocity") && !prediction.equals("sample")) {
            throw json.wrong("prediction_type", "'velocity' or 'sample'");
        }
        return new SchedulerConfig(
                json.bool("use_dynamic_shifting", false),
                json.number("shift", 1e-3, 1e3, 1.0),
                type.equals("exponential"),
                prediction.equals("sample"));
    }
}
