package dev.atelier.training.sharpening;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.optim.Optimizer;
import dev.atelier.training.pretraining.FrozenAutoencoder;
import dev.atelier.training.pretraining.PatchTransformFit;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.OptimizationRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.SharpenerRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The stage {@code sharpener}: a model folder gets a second network. Killed at any time, it goes on from its last checkpoint and ends
 * with the same bytes.
 */
public final class SharpenerTrainer {
    public static final String STAGE = "sharpener";

    private final Recipe recipe;
    private final ExampleSource source;
    private final Path base;
    private final Path run;
    private final TrainingListener listener;

    /**
     * @param base the model's folder; not changed
     * @param run folder of this run: prepared parts, checkpoint, log, model
     * @throws IllegalArgumentException when the recipe has no sharpener
     */
    public SharpenerTrainer(Recipe recipe, ExampleSource source, Path base, Path run, TrainingListener listener) {
        if (recipe.sharpener() == null) {
            throw new IllegalArgumentException(
                    "recipe: " + recipe.name() + ": sharpener: missing; this stage trains it");
        }
        this.recipe = recipe;
        this.source = source;
        this.base = base;
        this.run = run;
        this.listener = listener;
    }

    /**
     * Trains until the budget is used up.
     *
     * @param renderThreads workers that make pictures
     * @return a copy of the model's folder with the sharpener in it
     */
    public Path train(Budget budget, int checkpointEvery, int renderThreads) throws IOException {
        Files.createDirectories(run);
        Path transformFolder = run.resolve("prepared/sharpener_vae");
        EngineOptions options = EngineOptions.defaults().withDevice(recipe.trainingDevice());
        try (FineTunableModel model = FineTunableModel.open(base, options, LinearAdapter.NONE)) {
            model.call(() -> {
                fit(transformFolder);
                return null;
            });
            return model.callWithGradients(() -> {
                SharpenerRecipe s = recipe.sharpener();
                OptimizationRecipe o = recipe.optimization();
                try (FrozenAutoencoder transform = FrozenAutoencoder.open(transformFolder, model.device());
                        SharpenerModel network = new SharpenerModel(recipe, base);
                        Optimizer optimizer = new Optimizer(
                                network.parameters,
                                new Optimizer.Settings(
                                        s.adamRate(), s.muonRate(), o.weightDecay(), o.clip(), o.emaDecay()));
                        SharpenerExamples examples = new SharpenerExamples(
                                source,
                                transform.autoencoder(),
                                new CoarsePictures(model),
                                model.device(),
                                new SharpenerExamples.Settings(
                                        recipe.seed(), s.size(), s.pool() + s.renders(), renderThreads))) {
                    Checkpoint checkpoint = new Checkpoint(run, Map.of());
                    Position at = checkpoint.read();
                    checkpoint.restore(optimizer.state());
                    optimizer.resumed(at.step());
                    new TrainingLoop(run, budget, checkpointEvery, checkpoint, listener)
                            .run(
                                    at,
                                    new SharpenerObjective(recipe, model, network, examples, optimizer),
                                    Cancellation.none());
                    Path folder = run.resolve("model");
                    SharpenerFolder.write(folder, base, transformFolder, recipe, network, optimizer.average());
                    listener.onSnapshot(folder, checkpoint.read().step());
                    return folder;
                }
            });
        }
    }

    private void fit(Path folder) {
        if (Files.exists(folder.resolve("diffusion_pytorch_model.safetensors"))) {
            return;
        }
        SharpenerRecipe s = recipe.sharpener();
        var transform = new AutoencoderRecipe.PatchTransform(
                s.patchSize(), s.channels(), true, s.pictures(), s.size(), 1, s.variancePower(), null);
        PatchTransformFit.write(transform, source, folder, done -> {
            if (done % 256 == 0 || done == s.pictures()) {
                listener.onPrepare("sharpener's autoencoder: " + done + " of " + s.pictures() + " pictures");
            }
        });
    }
}
