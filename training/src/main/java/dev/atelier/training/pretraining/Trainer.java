package dev.atelier.training.pretraining;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A run from a recipe to a model folder. Killed at any time, it goes on from its last checkpoint. */
public final class Trainer {
    private final Recipe recipe;
    private final ExampleSource source;
    private final Path run;
    private final TrainingListener listener;
    private final Device device;

    /**
     * @param checkpointEvery steps between checkpoints
     * @param modelEvery steps between model folders; 0: at the end only
     * @param snapshotEvery steps between {@link TrainingListener#onSnapshot snapshots}; 0: at the end only
     * @param renderThreads workers that make examples
     */
    public record Options(Budget budget, int checkpointEvery, int modelEvery, int snapshotEvery, int renderThreads) {
        public Options withBudget(Budget other) {
            return new Options(other, checkpointEvery, modelEvery, snapshotEvery, renderThreads);
        }
    }

    /** @param run folder of this run: prepared parts, checkpoint, log, models */
    public Trainer(Recipe recipe, ExampleSource source, Path run, TrainingListener listener) {
        this.recipe = recipe;
        this.source = source;
        this.run = run;
        this.listener = listener;
        device = recipe.trainingDevice();
    }

    /** Trains until the budget is used up and returns the model's folder. */
    public Path train(Options options) {
        device.requireAvailable();
        try (DeviceThread thread = new DeviceThread("atelier-trainer")) {
            thread.call(() -> {
                prepare();
                return null;
            });
            return thread.callWithGradients(() -> {
                refine();
                try (QwenTokenizer tokenizer = QwenTokenizer.open(prepared().resolve("tokenizer"));
                        FrozenAutoencoder autoencoder =
                                FrozenAutoencoder.open(prepared().resolve("vae"), device);
                        PretrainingObjective objective = new PretrainingObjective(
                                recipe, options.renderThreads(), source, autoencoder, tokenizer, vocabulary())) {
                    return loop(options, objective);
                }
            });
        }
    }

    private Path prepared() {
        return run.resolve("prepared");
    }

    /** The parts in closed form: autoencoder and vocabulary. Done once a run. */
    private void prepare() throws IOException {
        Files.createDirectories(run);
        Path vae = prepared().resolve("vae");
        if (!Files.exists(vae.resolve("diffusion_pytorch_model.safetensors"))) {
            if (!(recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches)) {
                throw new IllegalStateException(
                        vae + ": missing; the stage that trains this recipe's autoencoder comes first");
            }
            PatchTransformFit.write(patches, source, vae, done -> {
                if (done % 512 == 0 || done == patches.pictures()) {
                    listener.onPrepare("autoencoder: " + done + " of " + patches.pictures() + " pictures");
                }
            });
        }
        Path tokenizer = prepared().resolve("tokenizer");
        if (!Files.exists(tokenizer.resolve("vocabulary_size"))) {
            List<String> texts = PatchTransformFit.texts(source, recipe, t -> QwenTokenizer.chat(null, t));
            BytePairTrainer learnt = BytePairTrainer.learn(texts, recipe.text().vocabulary());
            learnt.write(tokenizer);
            Files.writeString(tokenizer.resolve("vocabulary_size"), Integer.toString(learnt.size()));
            listener.onPrepare("vocabulary: " + learnt.size() + " tokens");
        }
    }

    /** The patch transform's refiner, once a run. */
    private void refine() {
        Path vae = prepared().resolve("vae");
        if (recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches
                && patches.refiner() != null
                && !RefinerFit.isIn(vae)) {
            RefinerFit.Plan plan = new RefinerFit.Plan(
                    patches.refiner(),
                    patches.size() * patches.upscale(),
                    recipe.optimization().precision().type(),
                    recipe.seed(),
                    vae.resolve(ModelGrowth.REFINER_START));
            try (FrozenAutoencoder transform = FrozenAutoencoder.openTransform(vae, patches.upscale());
                    RefinerFit fit = new RefinerFit(plan, source, transform.autoencoder())) {
                fit.write(vae, listener::onPrepare);
            }
        }
    }

    private int vocabulary() throws IOException {
        return Integer.parseInt(Files.readString(prepared().resolve("tokenizer/vocabulary_size")));
    }

    private Path loop(Options options, PretrainingObjective objective) {
        StartingWeights.load(run, objective.model());
        Checkpoint checkpoint = new Checkpoint(run, Map.of());
        Position at = checkpoint.read();
        objective.resume(at, checkpoint);
        objective.after(position -> save(options, objective, position));
        new TrainingLoop(run, options.budget(), options.checkpointEvery(), checkpoint, listener)
                .run(at, objective, Cancellation.none());
        Path model = export(objective, "model");
        listener.onSnapshot(model, checkpoint.read().step());
        return model;
    }

    private void save(Options options, PretrainingObjective objective, Position at) {
        if (options.modelEvery() > 0 && at.step() % options.modelEvery() == 0) {
            listener.onModel(export(objective, "model-" + at.step()), at.step());
        }
        if (options.snapshotEvery() > 0 && at.step() % options.snapshotEvery() == 0) {
            listener.onSnapshot(export(objective, "snapshot"), at.step());
        }
    }

    private Path export(PretrainingObjective objective, String name) {
        Path folder = run.resolve(name);
        ModelFolderWriter.write(
                folder,
                recipe,
                objective.recipeStage(),
                objective.model(),
                objective.optimizer().average(),
                prepared(),
                source.vocabulary());
        return folder;
    }
}
