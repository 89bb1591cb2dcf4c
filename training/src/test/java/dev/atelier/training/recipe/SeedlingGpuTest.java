package dev.atelier.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.tensor.Device;
import dev.atelier.training.TrainingRun;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.pretraining.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for a GPU on a CPU: its networks as they are, everything else as small as can be. */
class SeedlingGpuTest {
    /** What the embedded model may take. */
    private static final long MOST_BYTES = 64_000_000;

    @TempDir
    private Path folder;

    @Test
    void itsNetworksTrainAndTheWholeModelIsNoLargerThanTheEmbeddedOneMayBe() throws IOException {
        Recipe recipe = small(Recipe.read("seedling-gpu"));
        List<String> stages = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                assertThat(progress.loss()).isFinite();
                stages.add(progress.stage());
            }
        };

        Path model = new TrainingRun(recipe, recipe.world().examples(1), folder, listener)
                .train(new Trainer.Options(new Budget(2, 0), 100, 0, 0, 1));

        assertThat(stages).containsExactly("autoencoder", "continue");
        assertThat(bytes(model)).isBetween(MOST_BYTES * 3 / 4, MOST_BYTES);
    }

    private static Recipe small(Recipe r) {
        var a = (AutoencoderRecipe.Convolutional) r.autoencoder();
        var training = new AutoencoderRecipe.Reconstruction(64, 64, 1, 1, 0, 0.001, 0.02, 1, 0.9, 0.3, 1);
        TextRecipe t = r.text();
        return new Recipe(
                r.name(),
                r.seed(),
                r.world(),
                new AutoencoderRecipe.Convolutional(
                        a.share(),
                        a.encoderChannels(),
                        a.decoderChannels(),
                        a.layersPerBlock(),
                        a.latentChannels(),
                        a.normGroups(),
                        training),
                new TextRecipe(
                        t.vocabulary(),
                        1500,
                        t.hidden(),
                        t.intermediate(),
                        t.layers(),
                        t.heads(),
                        t.keyValueHeads(),
                        t.headDim(),
                        t.outLayers(),
                        t.maxLength(),
                        t.factWeight()),
                r.transformer(),
                r.optimization(),
                List.of(new StageRecipe("continue", 1, 64, 1, Map.of(Task.SEQUENCE, 1.0), 1, 0, null)),
                r.sampling(),
                Device.CPU.toString());
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(SeedlingGpuTest::size)
                    .sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
