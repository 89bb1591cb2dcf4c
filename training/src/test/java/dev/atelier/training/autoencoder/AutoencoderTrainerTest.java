package dev.atelier.training.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import dev.atelier.training.TrainingRun;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoencoderTrainerTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-convolutional-recipe.yaml");
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.simple()), 1);
    private static final TrainingListener GO_ON = new TrainingListener() {};

    private static final TrainingListener KILL_AFTER_FIVE = new TrainingListener() {
        @Override
        public void onStep(Progress progress) {
            if (progress.step() == 5) {
                throw new IllegalStateException("killed");
            }
        }
    };

    @TempDir
    private Path folder;

    @Test
    void theLossFallsAndTheEnginesClassDecodesTheFolderBetterThanAPlainGrey() {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                losses.add(progress.loss());
            }
        };

        train(folder, 60, listener);

        assertThat(losses).hasSize(60);
        assertThat(losses.getLast()).isLessThan(0.7 * losses.getFirst());
        try (DeviceThread thread = new DeviceThread("test")) {
            thread.call(() -> {
                AutoencoderConfig config = AutoencoderConfig.parse(
                        JsonConfig.read(folder.resolve("vae").resolve("config.json")));
                try (Weights weights = Weights.open(folder.resolve("vae"), "diffusion_pytorch_model", Device.CPU)) {
                    AutoencoderKLFlux2 autoencoder = new AutoencoderKLFlux2(
                            config, new LoadedLayers(weights, LinearFactory.full(new WideningBuffer())));
                    weights.requireAllUsed();
                    Tensor images = held(8);
                    Tensor latents = autoencoder.encode(images);
                    assertThat(latents.shape()).containsExactly(8, 16, 8, 8);
                    assertThat(latents.std(true).item_double()).isBetween(0.7, 1.3);
                    assertThat(latents.mean().item_double()).isCloseTo(0, within(0.3));
                    double error = error(autoencoder.decode(latents), images);
                    assertThat(error).isLessThan(0.5 * error(images.mean(), images));
                }
                return null;
            });
        }
    }

    @Test
    void aStageThatStoppedAtACheckpointAndWentOnEqualsOneThatNeverStopped() throws IOException {
        Path whole = folder.resolve("whole");
        Path stopped = folder.resolve("stopped");
        train(whole, 8, GO_ON);
        assertThatThrownBy(() -> train(stopped, 8, KILL_AFTER_FIVE)).hasMessage("killed");
        assertThat(stopped.resolve("vae")).doesNotExist();

        train(stopped, 8, GO_ON);

        for (String file : List.of("config.json", "diffusion_pytorch_model.safetensors")) {
            assertThat(Files.readAllBytes(stopped.resolve("vae").resolve(file)))
                    .isEqualTo(Files.readAllBytes(whole.resolve("vae").resolve(file)));
        }
    }

    @Test
    void aTransformerLearnsOnItsLatentsAndTheWholeFolderMakesPictures() {
        List<String> stages = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                stages.add(progress.stage());
            }
        };

        Path model = new TrainingRun(RECIPE, WORLD, folder, listener)
                .train(new Trainer.Options(new Budget(10, 0), 100, 0, 0, 1));

        assertThat(stages).startsWith("autoencoder").endsWith("pretrain").hasSize(10);
        assertThat(stages.stream().filter("autoencoder"::equals)).hasSize(6);
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            var image = pipeline.generate(ImageRequest.of("a lake", 1), GenerationListener.NONE, Cancellation.none())
                    .getFirst();
            assertThat(image.picture().width()).isEqualTo(64);
        }
    }

    @Test
    void nothingNativeIsLeftBehind() {
        train(folder.resolve("first"), 2, GO_ON);
        long before = Pointer.totalCount();

        train(folder.resolve("second"), 6, GO_ON);

        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void aCropLargerThanItsPictureIsNamed() {
        AutoencoderRecipe.Reconstruction training =
                new AutoencoderRecipe.Reconstruction(64, 128, 4, 16, 1, 0.001, 0.02, 5, 0.9, 0.3, 12);

        assertThatThrownBy(() ->
                        new AutoencoderRecipe.Convolutional(0.5, List.of(8, 16), List.of(8, 16), 1, 4, 2, training))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crop 128, size 64");
    }

    private static void train(Path run, long steps, TrainingListener listener) {
        var autoencoder = (AutoencoderRecipe.Convolutional) RECIPE.autoencoder();
        new AutoencoderTrainer(RECIPE, autoencoder, WORLD, run, listener)
                .train(new AutoencoderTrainer.Options(new Budget(steps, 0), 3, 1), run.resolve("vae"));
    }

    private static Tensor held(int count) {
        return Tensors.cat(
                0,
                LongStream.range(0, count)
                        .mapToObj(i -> WORLD.example(Task.TEXT_TO_IMAGE, 0, 1_000_000 + i, 64))
                        .map(e -> PictureTensors.toTensor(e.target()))
                        .toList());
    }

    private static double error(Tensor decoded, Tensor images) {
        Tensor difference = decoded.sub(images);
        return difference.mul(difference).mean().item_double();
    }
}
