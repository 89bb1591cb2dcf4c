package dev.atelier.server.arena;

import java.util.List;

/**
 * How a side's pictures were made.
 *
 * @param prompts as the model saw them, one a picture
 * @param seed of the first picture
 */
public record Recipe(
        String contender,
        String model,
        String servedBy,
        String precision,
        String weights,
        int steps,
        double guidance,
        boolean expansion,
        long seed,
        List<String> prompts) {
    public Recipe {
        prompts = List.copyOf(prompts);
    }
}
