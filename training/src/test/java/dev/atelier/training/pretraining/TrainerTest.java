package dev.atelier.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.training.dataset.Caption;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.OptimizationRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.StageRecipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainerTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.simple()), 1);

    private static final TrainingListener GO_ON = new TrainingListener() {};

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    /** Runs that several tests look at: eleven steps, and sixty with what they told. */
    private static Path whole;

    private static Path longer;
    private static final List<Double> LOSSES = new ArrayList<>();

    @BeforeAll
    static void theRuns() {
        whole = train(shared.resolve("whole"), GO_ON);
        TrainingListener losses = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                LOSSES.add(progress.loss());
            }
        };
        longer = new Trainer(RECIPE, WORLD, shared.resolve("longer"), losses)
                .train(new Trainer.Options(new Budget(60, 0), 1000, 0, 0, 1));
    }

    /** In the first stage, at the end of the second, and while distilling. */
    @ParameterizedTest
    @ValueSource(ints = {4, 7, 10})
    void aRunThatStoppedAndWentOnFromItsCheckpointEqualsOneThatNeverStopped(int killedAfter) throws IOException {
        Path stopped = folder.resolve("stopped");
        assertThatThrownBy(() -> train(stopped, killAfter(killedAfter))).hasMessage("killed");

        Path resumed = train(stopped, GO_ON);

        for (String file : List.of(
                "transformer/diffusion_pytorch_model.safetensors",
                "text_encoder/model.safetensors",
                "vae/diffusion_pytorch_model.safetensors")) {
            assertThat(Files.readAllBytes(resumed.resolve(file))).isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
    }

    @Test
    void theTrainedFolderMakesPictures() {
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(whole, EngineOptions.defaults())) {
            var image = pipeline.generate(ImageRequest.of("a lake", 1), GenerationListener.NONE, Cancellation.none())
                    .getFirst();
            assertThat(image.picture().width()).isEqualTo(64);
            assertThat(image.guidanceScale()).isEqualTo(1.0);
            assertThat(pipeline.info().distilled()).isTrue();
            assertThat(pipeline.info().defaultSteps()).isEqualTo(2);
        }
    }

    @Test
    void theLossFalls() {
        assertThat(LOSSES).hasSize(60).allMatch(Double::isFinite);
        assertThat(LOSSES.getLast()).isLessThan(0.95 * LOSSES.getFirst());
    }

    @Test
    void theTextEncoderLearnsWhatCaptionsStateAndTheHeadsStayBehind() throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(shared.resolve("longer/log.jsonl"))) {
            JsonNode loss = new JsonMapper().readTree(line).path("fact_loss");
            if (!loss.isMissingNode()) {
                losses.add(loss.asDouble());
            }
        }
        assertThat(losses.getLast()).isLessThan(0.8 * losses.getFirst());
        try (SafetensorsFile file = SafetensorsFile.open(longer.resolve("text_encoder/model.safetensors"))) {
            assertThat(file.names()).noneMatch(name -> name.contains("heads"));
        }
    }

    /** Heads alone could learn how frequent each fact is; what is wanted is that the encoder learns. */
    @Test
    void theFactLossReachesEveryLayerOfTheTextEncoderAndNothingOfTheTransformer() {
        List<Caption> captions = LongStream.range(0, 8)
                .mapToObj(index -> WORLD.caption(index).orElseThrow())
                .toList();

        Map<String, Double> norms = new HashMap<>();
        try (DeviceThread thread = new DeviceThread("facts");
                QwenTokenizer tokenizer = QwenTokenizer.open(shared.resolve("whole/prepared/tokenizer"))) {
            thread.callWithGradients(() -> {
                try (StudentModel model =
                        new StudentModel(RECIPE, tokenizer, RECIPE.text().vocabulary(), WORLD.facts())) {
                    Scopes.run(() -> {
                        model.factLoss(captions).backward();
                        model.parameters.collect();
                        model.parameters
                                .slots()
                                .forEach((name, slot) -> norms.put(
                                        name,
                                        ParameterStore.view(model.parameters.gradients(), slot)
                                                .norm()
                                                .item_double()));
                    });
                    return null;
                }
            });
        }

        assertThat(norms.keySet()).anyMatch(name -> name.startsWith("text_encoder.model.layers."));
        norms.forEach((name, norm) -> {
            if (name.startsWith("text_encoder.model.layers.")) {
                assertThat(norm).as(name).isPositive();
            } else if (name.startsWith("transformer.")) {
                assertThat(norm).as(name).isZero();
            }
        });
    }

    @Test
    void aCheckpointOfAnotherShapeIsRefusedByName() {
        assertThatThrownBy(() ->
                        new Checkpoint(shared.resolve("whole"), Map.of()).restore(Map.of("average", torch.zeros(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("checkpoint.safetensors: average: ")
                .hasMessageContaining("a model of 3");
    }

    @Test
    void aBatchInPiecesGivesTheUpdateOfTheWholeBatch() {
        List<TrainingListener.Progress> atOnce = stepsInPieces(1, folder.resolve("at-once"));
        List<TrainingListener.Progress> pieces = stepsInPieces(3, folder.resolve("pieces"));

        for (int step = 0; step < 4; step++) {
            assertThat(pieces.get(step).gradientNorm())
                    .isCloseTo(atOnce.get(step).gradientNorm(), withinPercentage(0.1));
            assertThat(pieces.get(step).loss()).isCloseTo(atOnce.get(step).loss(), withinPercentage(0.1));
        }
    }

    /** Steps of all tasks, as in the second stage, in fp32. */
    private static List<TrainingListener.Progress> stepsInPieces(int pieces, Path run) {
        OptimizationRecipe o = RECIPE.optimization();
        Recipe recipe = new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                RECIPE.autoencoder(),
                RECIPE.text(),
                RECIPE.transformer(),
                new OptimizationRecipe(
                        o.adamRate(),
                        o.muonRate(),
                        o.weightDecay(),
                        o.clip(),
                        o.emaDecay(),
                        o.warmup(),
                        o.decayFrom(),
                        o.promptDropout(),
                        o.timeShift(),
                        OptimizationRecipe.Precision.FP32,
                        pieces),
                List.of(new StageRecipe(
                        "all",
                        1,
                        64,
                        7,
                        Map.of(Task.TEXT_TO_IMAGE, 1.0, Task.EDIT, 1.0, Task.COMPOSE, 1.0),
                        8,
                        1,
                        null)),
                RECIPE.sampling(),
                null);
        List<TrainingListener.Progress> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                steps.add(progress);
            }
        };
        new Trainer(recipe, WORLD, run, listener).train(new Trainer.Options(new Budget(4, 0), 1000, 0, 0, 1));
        return steps;
    }

    private static TrainingListener killAfter(int step) {
        return new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                if (progress.step() == step) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static Path train(Path run, TrainingListener listener) {
        return new Trainer(RECIPE, WORLD, run, listener).train(new Trainer.Options(new Budget(11, 0), 3, 0, 0, 1));
    }
}
