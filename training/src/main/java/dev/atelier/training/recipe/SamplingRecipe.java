package dev.atelier.training.recipe;

import java.util.List;

/**
 * How the finished model samples by default.
 *
 * @param shift of the noise levels
 * @param size pixels a side
 * @param prompts of the sheets of samples that show how a run comes on; left out: none
 */
public record SamplingRecipe(int steps, double guidance, double shift, int size, List<String> prompts) {
    public SamplingRecipe {
        prompts = prompts == null ? List.of() : List.copyOf(prompts);
        Bounds.between("sampling.steps", steps, 1, 1000);
        Bounds.atLeast("sampling.guidance", guidance, 0);
        Bounds.above("sampling.shift", shift, 0);
        Bounds.atLeast("sampling.size", size, 1);
    }
}
