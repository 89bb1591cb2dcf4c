package dev.atelier.training.stage;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A run from a recipe to a model folder. Killed at any time, it goes on from its last checkpoint. */
public final class Trainer {
    /** In an edit, tokens that change count so much more than those that stay. */
    private static final double CHANGED_WEIGHT = 3;

    private static final double CHANGED_THRESHOLD = 1e-3;

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
                        StudentModel model = new StudentModel(recipe, tokenizer, vocabulary());
                        Optimizer optimizer = new Optimizer(model.parameters, settings())) {
                    return new Loop(options, autoencoder, model, optimizer).run();
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
                    recipe.seed());
            try (FrozenAutoencoder transform = FrozenAutoencoder.openTransform(vae, patches.upscale());
                    RefinerFit fit = new RefinerFit(plan, source, transform.autoencoder())) {
                fit.write(vae, listener::onPrepare);
            }
        }
    }

    private int vocabulary() throws IOException {
        return Integer.parseInt(Files.readString(prepared().resolve("tokenizer/vocabulary_size")));
    }

    private Optimizer.Settings settings() {
        Recipe.Optimization o = recipe.optimization();
        return new Optimizer.Settings(o.adamRate(), o.muonRate(), o.weightDecay(), o.clip(), o.emaDecay());
    }

    /** The loop over steps, on the device's thread with gradients on. */
    private final class Loop {
        private final Options options;
        private final FrozenAutoencoder autoencoder;
        private final StudentModel model;
        private final Optimizer optimizer;
        private Checkpoint at;
        private final SmoothedLoss smoothedLoss = new SmoothedLoss();
        private final LearningRate schedule;

        Loop(Options options, FrozenAutoencoder autoencoder, StudentModel model, Optimizer optimizer) {
            this.options = options;
            this.autoencoder = autoencoder;
            this.model = model;
            this.optimizer = optimizer;
            schedule = new LearningRate(
                    recipe.optimization().warmup(), recipe.optimization().decayFrom());
            at = Checkpoint.exists(run) ? Checkpoint.read(run, optimizer) : Checkpoint.START;
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
                    at = inStage(used);
                    if (used >= 1) {
                        break;
                    }
                    BatchPlan plan = plan(at.step(), at.stageStep());
                    List<Feeder.Prepared> prepared = feeder.take(plan);
                    BatchLoss loss = Scopes.plain(() -> accumulate(plan, prepared, feeder));
                    double rate = schedule.factor(at.step(), used);
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
                            rate * recipe.optimization().adamRate(),
                            examples / elapsed,
                            feeder.waitedSeconds() / elapsed);
                    listener.onStep(progress);
                    log.write(progress, loss.mean(), details(plan, loss));
                    save(first);
                }
            }
            at.write(run, optimizer);
            Path model = export("model");
            listener.onSnapshot(model, at.step());
            return model;
        }

        private static Map<String, ?> details(BatchPlan plan, BatchLoss loss) {
            return Map.of("task", plan.task().name().toLowerCase(Locale.ROOT), "loss_by_noise", loss.byNoise());
        }

        private void save(long first) {
            if (at.step() % options.checkpointEvery() == 0 && at.step() > first) {
                at.write(run, optimizer);
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
            ModelFolderWriter.write(folder, recipe, model, optimizer.average(), prepared());
            return folder;
        }

        private Recipe.Stage stage() {
            return recipe.stages().get(at.stage());
        }

        /** The checkpoint moved on to the stage that {@code used} lies in. */
        private Checkpoint inStage(double used) {
            double end = 0;
            int stage = 0;
            for (; stage < recipe.stages().size() - 1; stage++) {
                end += recipe.stages().get(stage).share();
                if (used < end) {
                    break;
                }
            }
            return stage == at.stage() ? at : new Checkpoint(at.step(), stage, 0, at.seconds());
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
            FlowMatchingBatch batch = batch(plan, encode(prepared, feeder));
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

        private FlowMatchingBatch batch(BatchPlan plan, List<Feeder.Encoded> examples) {
            int channels = recipe.autoencoder().channels();
            int side = plan.size() / recipe.autoencoder().patchSize();
            List<Tensor> references = new ArrayList<>();
            for (int r = 0; r < plan.references(); r++) {
                references.add(tokens(examples, r, side * side, channels));
            }
            Tensor clean = tokens(examples, plan.references(), side * side, channels);
            List<String> prompts = new ArrayList<>();
            for (int i = 0; i < examples.size(); i++) {
                long seed = plan.promptSeeds()[i];
                prompts.add(seed < 0 ? "" : examples.get(i).prompts().apply(seed));
            }
            SplittableRandom random = new SplittableRandom(recipe.seed() * 7_919 + plan.step());
            torch.manual_seed(random.nextLong());
            Tensor noise = Tensors.to(torch.randn(clean.shape()), device);
            Tensor time = Tensors.to(times(random, examples.size()), device);
            Tensor t = time.view(-1, 1, 1);
            Tensor noisy = clean.mul(t.neg().add(new Scalar(1.0))).add_(noise.mul(t));
            Tensor weight = Tensors.to(weight(plan.task(), clean, references), device);
            return new FlowMatchingBatch(clean, noisy, time, weight, references, model.tokenize(prompts), side);
        }

        private Tensor times(SplittableRandom random, int count) {
            double shift = recipe.optimization().timeShift();
            float[] out = new float[count];
            for (int i = 0; i < count; i++) {
                double t = 1 / (1 + Math.exp(-random.nextGaussian()));
                out[i] = (float) (shift * t / (1 + (shift - 1) * t));
            }
            return Tensors.of(out, count);
        }

        private Tensor weight(Task task, Tensor clean, List<Tensor> references) {
            if (task != Task.EDIT) {
                return Tensors.ones(DType.F32, clean.size(0), clean.size(1), 1);
            }
            Tensor difference = clean.sub(references.getFirst());
            Tensor changed = Tensors.to(
                    difference
                            .mul(difference)
                            .mean(new long[] {2}, true, new org.bytedeco.pytorch.ScalarTypeOptional())
                            .gt(new Scalar(CHANGED_THRESHOLD)),
                    DType.F32);
            Tensor weight = changed.mul(new Scalar(CHANGED_WEIGHT - 1)).add_(new Scalar(1.0));
            return weight.div(weight.mean());
        }

        /** (B, N, C) of the {@code index}-th picture of each example. */
        private Tensor tokens(List<Feeder.Encoded> examples, int index, int tokens, int channels) {
            float[] out = new float[examples.size() * tokens * channels];
            int at = 0;
            for (Feeder.Encoded example : examples) {
                for (short half : example.latents().get(index)) {
                    out[at++] = Float.float16ToFloat(half);
                }
            }
            return Tensors.to(Tensors.of(out, examples.size(), tokens, channels), device);
        }

        private List<Feeder.Encoded> encode(List<Feeder.Prepared> prepared, Feeder feeder) {
            List<Feeder.Encoded> out = new ArrayList<>();
            try (var _ = new NoGradGuard()) {
                for (Feeder.Prepared one : prepared) {
                    Feeder.Encoded encoded = one.encoded();
                    if (encoded == null) {
                        List<short[]> latents = new ArrayList<>();
                        one.example().references().forEach(p -> latents.add(latents(p)));
                        latents.add(latents(one.example().target()));
                        encoded = new Feeder.Encoded(latents, one.example().prompts());
                        feeder.keep(one.key(), encoded);
                    }
                    out.add(encoded);
                }
            }
            return out;
        }

        private short[] latents(Picture picture) {
            float[] values = autoencoder.tokens(picture);
            short[] halves = new short[values.length];
            for (int i = 0; i < halves.length; i++) {
                halves[i] = Float.floatToFloat16(values[i]);
            }
            return halves;
        }
    }
}
