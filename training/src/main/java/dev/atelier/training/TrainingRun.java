package dev.atelier.training;

import dev.atelier.training.autoencoder.AutoencoderTrainer;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.AutoencoderRecipe.Convolutional;
import dev.atelier.training.recipe.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;

/** All stages of a recipe, one after the other: a convolutional autoencoder if it has one, then everything of {@link Trainer}. */
public final class TrainingRun {
    private final Recipe recipe;
    private final ExampleSource source;
    private final Path run;
    private final TrainingListener listener;

    /** @param run folder of this run; one that holds a killed run goes on */
    public TrainingRun(Recipe recipe, ExampleSource source, Path run, TrainingListener listener) {
        this.recipe = recipe;
        this.source = source;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Trains until the budget is used up.
     *
     * @return the model's folder
     */
    public Path train(Trainer.Options options) {
        Trainer trainer = new Trainer(recipe, source, run, listener);
        if (!(recipe.autoencoder() instanceof Convolutional convolutional)) {
            return trainer.train(options);
        }
        Budget budget = options.budget();
        Budget first = budget.part(convolutional.share());
        Path vae = run.resolve("prepared").resolve("vae");
        if (!Files.exists(vae.resolve("diffusion_pytorch_model.safetensors"))) {
            new AutoencoderTrainer(recipe, convolutional, source, run, listener)
                    .train(
                            new AutoencoderTrainer.Options(first, options.checkpointEvery(), options.renderThreads()),
                            vae);
        }
        return trainer.train(options.withBudget(budget.without(first)));
    }
}
