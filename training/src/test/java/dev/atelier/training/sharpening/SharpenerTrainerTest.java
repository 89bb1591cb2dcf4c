package dev.atelier.training.sharpening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharpenerTrainerTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.simple()), 1);
    private static final ImageRequest LAKE = ImageRequest.of("a lake", 1);

    @TempDir
    static Path folder;

    private static Path base;

    @BeforeAll
    static void aModel() {
        base = new Trainer(RECIPE, WORLD, folder.resolve("base"), new TrainingListener() {})
                .train(new Trainer.Options(new Budget(2, 0), 1000, 0, 0, 1));
    }

    @Test
    void aRunThatStoppedAndWentOnEqualsOneThatNeverStopped() throws IOException {
        Path whole = train(folder.resolve("whole"), 5, 1000);
        Path run = folder.resolve("parts");
        TrainingListener killer = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() == 4) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        assertThatThrownBy(() -> new SharpenerTrainer(RECIPE, WORLD, base, run, killer).train(new Budget(5, 0), 3, 1))
                .hasMessage("killed");
        Path parts = train(run, 5, 1000);

        for (String file : List.of(
                "sharpener/diffusion_pytorch_model.safetensors", "sharpener_vae/diffusion_pytorch_model.safetensors")) {
            assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void theFolderDrawsAtItsOwnSizeAndLargerAndSaysWhenItIsDone() throws IOException {
        Path model = train(folder.resolve("drawing"), 2, 1000);

        try (Flux2Pipeline sharp = Flux2Pipeline.open(model, EngineOptions.defaults());
                Flux2Pipeline plain = Flux2Pipeline.open(base, EngineOptions.defaults())) {
            List<Double> progress = new ArrayList<>();
            GenerationListener listener = new GenerationListener() {
                @Override
                public void onProgress(WorkProgress done) {
                    progress.add(done.fraction());
                }
            };
            Picture picture = draw(sharp, LAKE, listener);

            assertThat(picture).hasToString("Picture[64x64]");
            assertThat(picture.toBytes())
                    .isNotEqualTo(draw(plain, LAKE, GenerationListener.NONE).toBytes());
            assertThat(draw(sharp, LAKE, GenerationListener.NONE).toBytes()).isEqualTo(picture.toBytes());
            assertThat(progress).isSorted().endsWith(1.0).hasSizeGreaterThan(6);
            assertThat(draw(sharp, LAKE.toBuilder().size(200, 140).build(), GenerationListener.NONE))
                    .hasToString("Picture[200x140]");
            assertThat(draw(sharp, LAKE.toBuilder().size(40, 40).build(), GenerationListener.NONE))
                    .hasToString("Picture[40x40]");
            assertThat(draw(
                            sharp,
                            LAKE.toBuilder()
                                    .references(List.of(picture))
                                    .referenceCache(true)
                                    .build(),
                            GenerationListener.NONE))
                    .hasToString("Picture[64x64]");
        }
    }

    @Test
    void aSharpenerThatDoesNotFitIsRefusedByWhatDiffers() throws IOException {
        Path model = train(folder.resolve("broken"), 1, 1000);
        Path config = model.resolve("sharpener/config.json");
        Files.writeString(config, Files.readString(config).replace("\"out_channels\" : 32", "\"out_channels\" : 31"));

        assertThatThrownBy(() -> Flux2Pipeline.open(model, EngineOptions.defaults()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("proj_out");
    }

    @Test
    void whatIsLearntLowersTheLossOfWindowsSeenOftenEnough() throws IOException {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                losses.add(progress.loss());
            }
        };

        new SharpenerTrainer(RECIPE, WORLD, base, folder.resolve("learning"), listener)
                .train(new Budget(60, 0), 1000, 1);

        assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
    }

    @Test
    void aRecipeWithoutASharpenerIsRefused() {
        Recipe none = new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                RECIPE.autoencoder(),
                RECIPE.text(),
                RECIPE.transformer(),
                RECIPE.optimization(),
                RECIPE.stages(),
                RECIPE.sampling(),
                null);

        assertThatThrownBy(() -> new SharpenerTrainer(none, WORLD, base, folder, new TrainingListener() {}))
                .hasMessage("recipe: tiny: sharpener: missing; this stage trains it");
    }

    private static Path train(Path run, int steps, int checkpointEvery) throws IOException {
        return new SharpenerTrainer(RECIPE, WORLD, base, run, new TrainingListener() {})
                .train(new Budget(steps, 0), checkpointEvery, 1);
    }

    private static Picture draw(Flux2Pipeline pipeline, ImageRequest request, GenerationListener listener) {
        return pipeline.generate(request, listener, Cancellation.none())
                .getFirst()
                .picture();
    }
}
