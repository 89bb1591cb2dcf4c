package dev.atelier.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.WorldExamples;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.world.World;
import dev.atelier.training.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");
    private static final ExampleSource WORLD = new WorldExamples(World.of(WorldConfig.simple()), 1);
    private static final List<String> FILES = List.of(
            "transformer/diffusion_pytorch_model.safetensors",
            "text_encoder/model.safetensors",
            "vae/diffusion_pytorch_model.safetensors");

    @TempDir
    private Path folder;

    private Path model;

    @BeforeEach
    void aModel() {
        model = train(RECIPE, folder.resolve("first"), 3);
    }

    @Test
    void aRunThatLearnsNothingEndsWithTheModelItBeganWith() {
        Recipe.Optimization o = RECIPE.optimization();
        Recipe still = withOptimization(new Recipe.Optimization(
                1e-42,
                1e-42,
                o.weightDecay(),
                o.clip(),
                o.emaDecay(),
                o.warmup(),
                o.decayFrom(),
                o.promptDropout(),
                o.timeShift(),
                o.precision(),
                1));
        Path run = folder.resolve("second");

        StartingWeights.copy(model, still, run);
        Path after = train(still, run, 2);

        for (String file : FILES) {
            try (SafetensorsFile has = SafetensorsFile.open(after.resolve(file));
                    SafetensorsFile had = SafetensorsFile.open(model.resolve(file))) {
                assertThat(has.names()).isEqualTo(had.names()).isNotEmpty();
                Scopes.run(() -> assertThat(has.names())
                        .allMatch(name -> has.tensor(name).equal(had.tensor(name))));
            }
        }
    }

    @Test
    void aRunThatHasBegunKeepsItsOwn() throws IOException {
        Path run = folder.resolve("second");
        Path own = train(RECIPE, run, 1);
        byte[] before = Files.readAllBytes(own.resolve("vae/diffusion_pytorch_model.safetensors"));

        StartingWeights.copy(folder.resolve("nowhere"), RECIPE, run);

        assertThat(run.resolve("prepared/transformer")).doesNotExist();
        assertThat(run.resolve("prepared/vae/diffusion_pytorch_model.safetensors"))
                .hasBinaryContent(before);
    }

    @Test
    void aModelOfAnotherShapeIsRefused() {
        Recipe.Transformer t = RECIPE.transformer();
        Recipe deeper = new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                RECIPE.autoencoder(),
                RECIPE.text(),
                new Recipe.Transformer(t.doubleBlocks(), t.singleBlocks() + 1, t.heads(), t.axes(), t.mlpRatio()),
                RECIPE.optimization(),
                RECIPE.stages(),
                RECIPE.sampling(),
                null);
        Path run = folder.resolve("second");

        assertThatThrownBy(() -> StartingWeights.copy(model, deeper, run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transformer: the recipe describes")
                .hasMessageContaining("numSingleLayers=3")
                .hasMessageContaining("numSingleLayers=2");
        assertThat(run.resolve("prepared")).doesNotExist();
    }

    private static Recipe withOptimization(Recipe.Optimization optimization) {
        return new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                RECIPE.autoencoder(),
                RECIPE.text(),
                RECIPE.transformer(),
                optimization,
                RECIPE.stages(),
                RECIPE.sampling(),
                null);
    }

    private static Path train(Recipe recipe, Path run, int steps) {
        return new Trainer(recipe, WORLD, run, new TrainingListener() {})
                .train(new Trainer.Options(new Budget(steps, 0), 1000, 0, 0, 1));
    }
}
