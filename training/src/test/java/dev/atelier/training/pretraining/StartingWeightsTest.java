package dev.atelier.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.TrainingListener;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.OptimizationRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.TextRecipe;
import dev.atelier.training.recipe.TransformerRecipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class StartingWeightsTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.simple()), 1);
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
        OptimizationRecipe o = RECIPE.optimization();
        Recipe still = withOptimization(new OptimizationRecipe(
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

        StartingWeights.copy(model, still, WORLD, run, note -> {});
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

        StartingWeights.copy(folder.resolve("nowhere"), RECIPE, WORLD, run, note -> {});

        assertThat(run.resolve("prepared/transformer")).doesNotExist();
        assertThat(run.resolve("prepared/vae/diffusion_pytorch_model.safetensors"))
                .hasBinaryContent(before);
    }

    @Test
    void weightsInSeveralFilesAreWhatTheyAreInOne() throws IOException {
        Path transformer = model.resolve("transformer/diffusion_pytorch_model.safetensors");
        Path whole = Files.copy(transformer, folder.resolve("whole.safetensors"));
        split(transformer);

        StartingWeights.copy(model, RECIPE, WORLD, folder.resolve("second"), note -> {});

        Path copied = folder.resolve("second/prepared/transformer/diffusion_pytorch_model.safetensors");
        try (SafetensorsFile had = SafetensorsFile.open(whole);
                SafetensorsFile has = SafetensorsFile.open(copied)) {
            assertThat(has.names()).isEqualTo(had.names()).hasSizeGreaterThan(10);
            Scopes.run(() -> assertThat(has.names())
                    .allMatch(name ->
                            has.type(name) == had.type(name) && has.tensor(name).equal(had.tensor(name))));
        }
    }

    /** Into two files and the index of them, as {@code save_pretrained} writes large models. */
    private static void split(Path file) throws IOException {
        Map<String, String> where = new TreeMap<>();
        try (SafetensorsFile whole = SafetensorsFile.open(file)) {
            List<String> names = List.copyOf(whole.names());
            int half = names.size() / 2;
            write(whole, names.subList(0, half), file.resolveSibling("first.safetensors"), where);
            write(whole, names.subList(half, names.size()), file.resolveSibling("second.safetensors"), where);
        }
        Files.delete(file);
        Files.writeString(
                file.resolveSibling("diffusion_pytorch_model.safetensors.index.json"),
                JsonMapper.shared().writeValueAsString(Map.of("weight_map", where)));
    }

    private static void write(SafetensorsFile whole, List<String> names, Path shard, Map<String, String> where) {
        Scopes.run(() -> {
            Map<String, Tensor> tensors = new TreeMap<>();
            names.forEach(name -> tensors.put(name, whole.tensor(name)));
            SafetensorsWriter.write(shard, tensors, Map.of());
        });
        names.forEach(name -> where.put(name, shard.getFileName().toString()));
    }

    @Test
    void aModelOfAnotherShapeIsRefused() {
        TransformerRecipe t = RECIPE.transformer();
        Recipe deeper = new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                RECIPE.autoencoder(),
                RECIPE.text(),
                new TransformerRecipe(t.doubleBlocks(), t.singleBlocks() + 1, t.heads(), t.axes(), t.mlpRatio()),
                RECIPE.optimization(),
                RECIPE.stages(),
                RECIPE.sampling(),
                null);
        Path run = folder.resolve("second");

        assertThatThrownBy(() -> StartingWeights.copy(model, deeper, WORLD, run, note -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transformer: the recipe describes")
                .hasMessageContaining("the recipe describes num_single_layers 3, the model has num_single_layers 2");
        assertThat(run.resolve("prepared")).doesNotExist();
    }

    @Test
    void aModelThatGrowsComputesWhatItDidAndPredictsNothingForNewChannels() {
        AutoencoderRecipe.PatchTransform had = (AutoencoderRecipe.PatchTransform) RECIPE.autoencoder();
        int channels = had.channels();
        TextRecipe t = RECIPE.text();
        Recipe wider = new Recipe(
                RECIPE.name(),
                RECIPE.seed(),
                RECIPE.world(),
                new AutoencoderRecipe.PatchTransform(
                        had.patchSize(),
                        channels + 5,
                        had.lapped(),
                        had.pictures(),
                        had.size(),
                        had.upscale(),
                        had.variancePower(),
                        had.refiner()),
                new TextRecipe(
                        t.vocabulary() + 40,
                        t.texts(),
                        t.hidden(),
                        t.intermediate(),
                        t.layers(),
                        t.heads(),
                        t.keyValueHeads(),
                        t.headDim(),
                        t.outLayers(),
                        t.maxLength(),
                        t.factWeight()),
                RECIPE.transformer(),
                RECIPE.optimization(),
                RECIPE.stages(),
                RECIPE.sampling(),
                null);
        Path run = folder.resolve("second");

        StartingWeights.copy(model, wider, WORLD, run, note -> {});

        Path prepared = run.resolve("prepared");
        tensors(
                model.resolve(FILES.get(2)),
                before -> tensors(prepared.resolve(FILES.get(2)), after -> {
                    Tensor basis = after.tensor("basis");
                    assertThat(basis.size(0)).isEqualTo(channels + 5);
                    assertThat(distance(basis.narrow(0, 0, channels), before.tensor("basis")))
                            .isZero();
                    assertThat(distance(after.tensor("scale").narrow(0, 0, channels), before.tensor("scale")))
                            .isZero();
                    assertThat(distance(after.tensor("mean"), before.tensor("mean")))
                            .isZero();
                    assertThat(distance(basis.matmul(basis.t()), torch.eye(channels + 5)))
                            .as("rows are orthonormal")
                            .isLessThan(1e-4);
                    assertThat(Tensors.toFloats(after.tensor("scale"))).doesNotContain(0f);
                }));
        tensors(
                model.resolve(FILES.get(0)),
                before -> tensors(prepared.resolve(FILES.get(0)), after -> {
                    Tensor in = after.tensor("x_embedder.weight");
                    Tensor out = after.tensor("proj_out.weight");
                    assertThat(distance(in.narrow(1, 0, channels), before.tensor("x_embedder.weight")))
                            .isZero();
                    assertThat(distance(out.narrow(0, 0, channels), before.tensor("proj_out.weight")))
                            .isZero();
                    assertThat(in.narrow(1, channels, 5).count_nonzero().item_long())
                            .isZero();
                    assertThat(out.narrow(0, channels, 5).count_nonzero().item_long())
                            .isZero();
                }));
        try (QwenTokenizer before = QwenTokenizer.open(model.resolve("tokenizer"));
                QwenTokenizer after = QwenTokenizer.open(prepared.resolve("tokenizer"))) {
            String caption = WORLD.prompt(Task.TEXT_TO_IMAGE, 0, 5, 5);
            assertThat(after.encodePrompt(caption, 64).length())
                    .isLessThanOrEqualTo(before.encodePrompt(caption, 64).length());
        }
        Path trained = train(wider, run, 2);
        assertThat(trained.resolve("model_index.json")).exists();
    }

    private static void tensors(Path file, Consumer<SafetensorsFile> body) {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            Scopes.run(() -> body.accept(open));
        }
    }

    /** The largest difference of two tensors' elements. */
    private static double distance(Tensor a, Tensor b) {
        return Tensors.to(a, DType.F32)
                .sub(Tensors.to(b, DType.F32))
                .abs()
                .max()
                .item_double();
    }

    private static Recipe withOptimization(OptimizationRecipe optimization) {
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
