package dev.atelier.training.autoencoder;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.stage.Budget;
import dev.atelier.training.stage.Checkpoint;
import dev.atelier.training.stage.LearningRate;
import dev.atelier.training.stage.Optimizer;
import dev.atelier.training.stage.SmoothedLoss;
import dev.atelier.training.stage.TrainingListener;
import dev.atelier.training.stage.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The stage {@code autoencoder}: trains FLUX.2's convolutional autoencoder from nothing and writes it as a {@code vae} folder. Killed
 * at any time, it goes on from its last checkpoint and ends with the same bytes.
 *
 * <p>Its folder {@code autoencoder} in the run holds the checkpoint and the log.
 */
public final class AutoencoderTrainer {
    /** Far from the pictures that training draws. */
    private static final long FIRST_STATISTICS_INDEX = 1L << 41;

    private static final long FIRST_HELD_OUT_INDEX = 1L << 42;
    private static final int HELD_OUT = 16;
    private static final String STAGE = "autoencoder";

    private final Recipe recipe;
    private final AutoencoderRecipe.Convolutional autoencoder;
    private final ExampleSource source;
    private final Path run;
    private final TrainingListener listener;

    /**
     * @param budget of this stage alone
     * @param checkpointEvery steps between checkpoints
     * @param renderThreads workers that make pictures
     */
    public record Options(Budget budget, int checkpointEvery, int renderThreads) {}

    /** @param autoencoder that of {@code recipe} @param run the whole run's folder */
    public AutoencoderTrainer(
            Recipe recipe,
            AutoencoderRecipe.Convolutional autoencoder,
            ExampleSource source,
            Path run,
            TrainingListener listener) {
        this.recipe = recipe;
        this.autoencoder = autoencoder;
        this.source = source;
        this.run = run.resolve(STAGE);
        this.listener = listener;
    }

    /** Trains until the budget is used up and writes {@code folder}. */
    public void train(Options options, Path folder) {
        recipe.trainingDevice().requireAvailable();
        try (DeviceThread thread = new DeviceThread("atelier-autoencoder")) {
            thread.callWithGradients(() -> {
                Files.createDirectories(run);
                AutoencoderRecipe.Reconstruction r = autoencoder.training();
                var settings = new Optimizer.Settings(
                        r.adamRate(), r.muonRate(), 0, recipe.optimization().clip(), r.emaDecay());
                try (AutoencoderModel model = new AutoencoderModel(
                                autoencoder, recipe.seed(), computeType(), recipe.trainingDevice());
                        Optimizer optimizer = new Optimizer(model.parameters, settings)) {
                    loop(options, model, optimizer);
                    listener.onPrepare("autoencoder: statistics of the latents of " + r.statistics() + " pictures");
                    model.freeze(
                            optimizer.average(),
                            pictures(FIRST_STATISTICS_INDEX, r.statistics()).iterator());
                    double psnr =
                            model.psnr(pictures(FIRST_HELD_OUT_INDEX, HELD_OUT).toList());
                    listener.onPrepare(String.format(
                            Locale.ROOT, "autoencoder: %.1f dB on %d pictures that it has not seen", psnr, HELD_OUT));
                    AutoencoderFolder.write(model, folder);
                }
                return null;
            });
        }
    }

    private DType computeType() {
        return recipe.optimization().precision().type();
    }

    private Stream<Picture> pictures(long first, int count) {
        int size = autoencoder.training().size();
        return LongStream.range(first, first + count)
                .mapToObj(i -> source.example(Task.TEXT_TO_IMAGE, 0, i, size).target());
    }

    private void loop(Options options, AutoencoderModel model, Optimizer optimizer) {
        AutoencoderRecipe.Reconstruction r = autoencoder.training();
        Checkpoint at = Checkpoint.read(run);
        Checkpoint.restore(run, optimizer.state());
        optimizer.resumed(at.step());
        AutoencoderLoss objective = new AutoencoderLoss(autoencoder.latentChannels(), r.latentNoise(), computeType());
        LearningRate schedule = new LearningRate(r.warmup(), 0);
        SmoothedLoss smoothed = new SmoothedLoss();
        long first = at.step();
        double before = at.seconds();
        long begin = System.nanoTime();
        try (CropFeeder feeder = new CropFeeder(source, r, recipe.seed(), first, options.renderThreads());
                TrainingLog log = new TrainingLog(run.resolve("log.jsonl"))) {
            double used = options.budget().used(at.step(), at.seconds());
            while (used < 1) {
                List<Picture> crops = feeder.take();
                long seed = recipe.seed() * 15_485_863 + at.step();
                double loss = Scopes.plain(() -> backward(objective, model, crops, seed));
                double factor = schedule.factor(at.step(), used);
                double norm = optimizer.step(factor);
                double elapsed = (System.nanoTime() - begin) / 1e9;
                at = new Checkpoint(at.step() + 1, 0, at.step() + 1, before + elapsed);
                used = options.budget().used(at.step(), at.seconds());
                var progress = new TrainingListener.Progress(
                        STAGE,
                        at.step(),
                        used,
                        smoothed.add(loss),
                        norm,
                        factor * r.adamRate(),
                        (at.step() - first) * r.batch() / elapsed,
                        feeder.waitedSeconds() / elapsed);
                listener.onStep(progress);
                log.write(progress, loss, Map.of());
                if (at.step() % options.checkpointEvery() == 0) {
                    at.write(run, optimizer.state());
                }
            }
        }
        if (at.step() > first) {
            at.write(run, optimizer.state());
        }
    }

    private static double backward(AutoencoderLoss objective, AutoencoderModel model, List<Picture> crops, long seed) {
        Tensor images = Tensors.cat(0, crops.stream().map(model::image).toList());
        Tensor loss = objective.of(model.network, images, seed);
        loss.backward();
        model.parameters.collect();
        return loss.item_double();
    }
}
