package dev.atelier.training.stage;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.tokenizer.BytePairTrainer;
import dev.atelier.training.world.caption.Caption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A run from a recipe to a model folder. Killed at any time, it goes on from its last checkpoint. */
public final class Trainer {
    /** Captions a step from which the text encoder learns what they state; they need no picture. */
    private static final int FACT_CAPTIONS = 48;

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
                        Loop loop = new Loop(options, autoencoder, tokenizer, vocabulary())) {
                    return loop.run();
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
            List<String> texts =
                    PatchTransformFit.texts(source, recipe.text().texts(), t -> QwenTokenizer.chat(null, t));
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

    /** The loop over steps, on the device's thread with gradients on. */
    private final class Loop implements AutoCloseable {
        private final Options options;
        private final QwenTokenizer tokenizer;
        private final int vocabulary;
        private final StudentModel model;
        private final BatchBuilder batches;
        private final SmoothedLoss smoothedLoss = new SmoothedLoss();
        private Optimizer optimizer;
        private Distillation distillation; // null unless the stage is one
        private Checkpoint at;

        Loop(Options options, FrozenAutoencoder autoencoder, QwenTokenizer tokenizer, int vocabulary) {
            this.options = options;
            this.tokenizer = tokenizer;
            this.vocabulary = vocabulary;
            model = new StudentModel(recipe, tokenizer, vocabulary);
            StartingWeights.load(run, model);
            batches = new BatchBuilder(recipe, autoencoder, model, device);
            Recipe.Optimization o = recipe.optimization();
            optimizer = new Optimizer(
                    model.parameters,
                    new Optimizer.Settings(o.adamRate(), o.muonRate(), o.weightDecay(), o.clip(), o.emaDecay()));
            at = Checkpoint.read(run);
            if (stage().distil() != null) {
                beginDistillation(stage().distil());
            }
            Checkpoint.restore(run, state());
            optimizer.resumed(distillation == null ? at.step() : at.stageStep());
            if (distillation != null) {
                distillation.publish();
            }
        }

        /** From here on the averaged weights so far are the teacher's, and the student starts from them. */
        private void beginDistillation(Recipe.Distillation settings) {
            StudentModel teacher = new StudentModel(recipe, tokenizer, vocabulary);
            try (var _ = new NoGradGuard()) {
                model.parameters.values().copy_(optimizer.average());
                teacher.parameters.values().copy_(optimizer.average());
            }
            model.parameters.publish();
            teacher.parameters.publish();
            Recipe.Optimization o = recipe.optimization();
            optimizer.close();
            optimizer = new Optimizer(
                    model.parameters, new Optimizer.Settings(settings.rate(), 0, 0, o.clip(), o.emaDecay()));
            distillation = new Distillation(settings, recipe.sampling().shift(), teacher);
        }

        /** All that a checkpoint holds. */
        private Map<String, Tensor> state() {
            Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
            if (distillation != null) {
                state.put("teacher", distillation.teacherValues());
            }
            return state;
        }

        Path run() {
            long begin = System.nanoTime();
            long first = at.step();
            double before = at.seconds();
            try (Feeder feeder = new Feeder(source, this::planAhead, at.step(), options.renderThreads());
                    TrainingLog log = new TrainingLog(run.resolve("log.jsonl"))) {
                long examples = 0;
                while (true) {
                    double used = options.budget().used(at.step(), at.seconds());
                    enterStage(used);
                    if (used >= 1) {
                        break;
                    }
                    BatchPlan plan = plan(at.step(), at.stageStep());
                    List<Feeder.Prepared> prepared = feeder.take(plan);
                    BatchLoss loss = Scopes.plain(() -> accumulate(plan, prepared, feeder));
                    Map<String, Object> facts = learnFacts(at.step());
                    double rate = rate(used);
                    double norm = optimizer.step(rate);
                    examples += prepared.size();
                    double elapsed = (System.nanoTime() - begin) / 1e9;
                    at = new Checkpoint(at.step() + 1, at.stage(), at.stageStep() + 1, before + elapsed);
                    TrainingListener.Progress progress = new TrainingListener.Progress(
                            stage().name(),
                            at.step(),
                            options.budget().used(at.step(), at.seconds()),
                            smoothedLoss.add(loss.mean()),
                            norm,
                            rate * optimizer.settings().adamRate(),
                            examples / elapsed,
                            feeder.waitedSeconds() / elapsed);
                    listener.onStep(progress);
                    log.write(progress, loss.mean(), details(plan, loss, facts));
                    save(first);
                }
            }
            at.write(run, state());
            Path model = export("model");
            listener.onSnapshot(model, at.step());
            return model;
        }

        /** Adds the gradients of a step's captions where the recipe gives them weight; what is to be logged of it. */
        private Map<String, Object> learnFacts(long step) {
            double weight = recipe.text().factWeight();
            if (weight == 0 || distillation != null) {
                return Map.of();
            }
            List<Caption> captions = LongStream.range(step * FACT_CAPTIONS, (step + 1) * FACT_CAPTIONS)
                    .mapToObj(source::caption)
                    .flatMap(Optional::stream)
                    .toList();
            if (captions.stream().allMatch(caption -> caption.stated().isEmpty())) {
                return Map.of();
            }
            double loss = Scopes.plain(() -> {
                Tensor of = model.factLoss(captions);
                of.mul(new Scalar(weight)).backward();
                model.parameters.collect();
                return of.item_double();
            });
            return Map.of("fact_loss", TrainingLog.round(loss));
        }

        private static Map<String, ?> details(BatchPlan plan, BatchLoss loss, Map<String, Object> facts) {
            Map<String, Object> out = new LinkedHashMap<>(facts);
            out.put("task", plan.task().name().toLowerCase(Locale.ROOT));
            out.put("loss_by_noise", loss.byNoise());
            return out;
        }

        private void save(long first) {
            if (at.step() % options.checkpointEvery() == 0 && at.step() > first) {
                at.write(run, state());
            }
            if (options.modelEvery() > 0 && at.step() % options.modelEvery() == 0) {
                listener.onModel(export("model-" + at.step()), at.step());
            }
            if (options.snapshotEvery() > 0 && at.step() % options.snapshotEvery() == 0) {
                listener.onSnapshot(export("snapshot"), at.step());
            }
        }

        private Path export(String name) {
            Path folder = run.resolve(name);
            ModelFolderWriter.write(folder, recipe, stage(), model, optimizer.average(), prepared());
            return folder;
        }

        private Recipe.Stage stage() {
            return recipe.stages().get(at.stage());
        }

        /** Moves on to the stage that {@code used} lies in. */
        private void enterStage(double used) {
            int stage = 0;
            while (stage < recipe.stages().size() - 1 && used >= recipe.endOf(stage)) {
                stage++;
            }
            if (stage != at.stage()) {
                at = new Checkpoint(at.step(), stage, 0, at.seconds());
                if (stage().distil() != null) {
                    beginDistillation(stage().distil());
                }
            }
        }

        /** The share of the full learning rates at this point. */
        private double rate(double used) {
            Recipe.Optimization o = recipe.optimization();
            if (distillation != null) {
                double end = recipe.endOf(at.stage());
                return new LearningRate(1, 0).factor(at.stageStep(), 1 - (end - used) / stage().share());
            }
            return new LearningRate(o.warmup(), o.decayFrom()).factor(at.step(), used / recipe.trainedShare());
        }

        private BatchPlan plan(long step, long stageStep) {
            return BatchPlan.of(recipe, stage(), step, stageStep);
        }

        /** The plan of a later step, should this stage still last then. */
        private BatchPlan planAhead(long step) {
            return plan(step, at.stageStep() + step - at.step());
        }

        /** Forward and backward of one batch, in as many pieces as the recipe says. */
        private BatchLoss accumulate(BatchPlan plan, List<Feeder.Prepared> prepared, Feeder feeder) {
            FlowMatchingBatch data = batches.of(plan, prepared, feeder);
            FlowMatchingBatch batch =
                    distillation == null ? data : distillation.batch(data, model, batches.random(plan.step()));
            int count = prepared.size();
            int pieces = Math.min(recipe.optimization().accumulate(), count);
            float[] losses = new float[count];
            for (int piece = 0; piece < pieces; piece++) {
                int from = piece * count / pieces;
                int examples = (piece + 1) * count / pieces - from;
                Scopes.run(() -> {
                    Tensor of = batch.losses(model, from, examples);
                    of.sum().div(new Scalar((double) count)).backward();
                    model.parameters.collect();
                    System.arraycopy(Tensors.toFloats(of.detach()), 0, losses, from, examples);
                });
            }
            return BatchLoss.of(losses, Tensors.toFloats(batch.time()));
        }

        @Override
        public void close() {
            if (distillation != null) {
                distillation.close();
            }
            optimizer.close();
            model.close();
        }
    }
}
