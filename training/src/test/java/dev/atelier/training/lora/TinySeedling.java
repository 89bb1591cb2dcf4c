package dev.atelier.training.lora;

import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.nio.file.Path;

/** A folder as recipes make them, of ten steps: patch transform, clean latents predicted, cached references. */
public final class TinySeedling {
    private TinySeedling() {}

    /** @param run folder of the training */
    public static Path train(Path run) {
        return new Trainer(
                        Recipe.read("src/test/resources/tiny-recipe.yaml"),
                        new WorldSource(World.of(WorldConfig.simple()), 1),
                        run,
                        new TrainingListener() {})
                .train(new Trainer.Options(new Budget(10, 0), 100, 0, 0, 1));
    }
}
