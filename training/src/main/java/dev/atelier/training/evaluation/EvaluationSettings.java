package dev.atelier.training.evaluation;

import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is evaluated, and how.
 *
 * @param world the world that the model was trained in
 * @param families of which pictures are asked for, at least one
 * @param skipped parts left out
 * @param count captions a family, and edits, posters and four times the sequences in all
 * @param seed of the held-out scenes and of the model's noise
 * @param steps denoising steps; 0: the model's
 * @param guidance guidance scale; negative: the model's
 */
public record EvaluationSettings(
        WorldConfig world, Set<Family> families, Set<Part> skipped, int count, long seed, int steps, double guidance) {
    private static final int MOST = 5000;

    public EvaluationSettings {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count: " + count + ", 1 to " + MOST + " expected");
        }
        if (families.isEmpty()) {
            throw new IllegalArgumentException("families: none given, at least 1 expected");
        }
        families = Collections.unmodifiableSet(EnumSet.copyOf(families));
        skipped = Set.copyOf(skipped);
    }

    /** The families that occur in {@code world}. */
    public static Set<Family> familiesOf(WorldConfig world) {
        Set<Family> out = EnumSet.noneOf(Family.class);
        world.families().forEach((family, weight) -> {
            if (weight > 0) {
                out.add(family);
            }
        });
        return out;
    }
}
