package dev.atelier.training.autoencoder;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.LearningRate;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.optim.Optimizer;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
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
        Checkpoint checkpoint = new Checkpoint(run, Map.of());
        Position at = checkpoint.read();
        checkpoint.restore(optimizer.state());
        optimizer.resumed(at.step());
        try (CropFeeder feeder =
                new CropFeeder(source, autoencoder.training(), recipe.seed(), at.step(), options.renderThreads())) {
            new TrainingLoop(run, options.budget(), options.checkpointEvery(), checkpoint, listener)
                    .run(at, new Reconstruction(model, optimizer, feeder), Cancellation.none());
        }
    }

    /** What the autoencoder minimises. */
    private final class Reconstruction implements Objective {
        private final AutoencoderModel model;
        private final Optimizer optimizer;
        private final CropFeeder feeder;
        private final AutoencoderLoss loss = new AutoencoderLoss(
                autoencoder.latentChannels(), autoencoder.training().latentNoise(), computeType());
        private final LearningRate schedule =
                new LearningRate(autoencoder.training().warmup(), 0);

        Reconstruction(AutoencoderModel model, Optimizer optimizer, CropFeeder feeder) {
            this.model = model;
            this.optimizer = optimizer;
            this.feeder = feeder;
        }

        @Override
        public String stage() {
            return STAGE;
        }

        @Override
        public Update accumulate(Position at) {
            List<Picture> crops = feeder.take();
            double mean = Scopes.plain(() -> backward(crops, Seeds.RECONSTRUCTION.of(recipe.seed(), at.step())));
            return new Update(mean, crops.size(), Map.of());
        }

        private double backward(List<Picture> crops, long seed) {
            Tensor images = Tensors.cat(0, crops.stream().map(model::image).toList());
            Tensor of = loss.of(model.network, images, seed);
            of.backward();
            model.parameters.collect();
            return of.item_double();
        }

        @Override
        public double rate(Position at, double used) {
            return schedule.factor(at.step(), used);
        }

        @Override
        public Optimizer optimizer() {
            return optimizer;
        }

        @Override
        public double waitedSeconds() {
            return feeder.waitedSeconds();
        }
    }
}
