package dev.atelier.training.evaluation;

import dev.atelier.training.loop.Budget;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;

/**
 * What a probe is trained on. Trained by steps, the same settings give the same probe on the same machine.
 *
 * @param world whose scenes it learns to read
 * @param scenes rendered to learn from, each seen several times
 * @param budget how long it learns; 32 pictures a step
 * @param seed of scenes, order and initial weights
 */
public record ProbeSettings(WorldConfig world, int scenes, Budget budget, long seed) {
    private static final int SCENES = 8000;
    private static final int STEPS = 2000;
    /** Of a world with the table of nouns: about a hundred of a common one, thirty of a rare one. */
    private static final int SCENES_OF_NOUNS = 60_000;

    private static final int STEPS_OF_NOUNS = 8000;
    private static final int SCENES_A_MINUTE = 2500;
    private static final int SCENES_BY_TIME = 20_000;
    private static final int LEAST_SCENES = 64;
    private static final int MOST_SCENES = 100_000;

    public ProbeSettings {
        if (scenes < 1 || scenes > MOST_SCENES) {
            throw new IllegalArgumentException("scenes: " + scenes + ", 1 to " + MOST_SCENES + " expected");
        }
    }

    /** Some minutes on two cores; about twenty for a world with the table of nouns. */
    public static ProbeSettings of(WorldConfig world) {
        return nouns(world)
                ? new ProbeSettings(world, SCENES_OF_NOUNS, new Budget(STEPS_OF_NOUNS, 0), 1)
                : new ProbeSettings(world, SCENES, new Budget(STEPS, 0), 1);
    }

    private static boolean nouns(WorldConfig world) {
        return world.families().getOrDefault(Family.THINGS, 0.0) > 0;
    }

    /** As long as {@code minutes} allow, rendering not counted; fewer scenes when they are few. */
    public ProbeSettings withMinutes(double minutes) {
        int worthwhile = (int)
                Math.clamp(SCENES_A_MINUTE * minutes, LEAST_SCENES, nouns(world) ? SCENES_OF_NOUNS : SCENES_BY_TIME);
        return new ProbeSettings(world, worthwhile, new Budget(0, minutes), seed);
    }
}
