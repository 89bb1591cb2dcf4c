package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.weights.BlockFormat;
import dev.atelier.engine.weights.FormatFiles;
import dev.atelier.engine.weights.FormatFiles.Scales;
import dev.atelier.engine.weights.WeightConversion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole model folders with parts in other formats open as any other, and draw the same picture within what the format rounds away. */
class FormatFoldersTest {
    private static final String TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors";
    private static final String TEXT = "text_encoder/model.safetensors";

    @TempDir
    private static Path shared;

    private static Path original;
    private static Picture picture;

    @TempDir
    private Path folder;

    private Path model;

    @BeforeAll
    static void drawOriginal() {
        original = TinyModels.distilled(shared.resolve("original"));
        picture = draw(original, EngineOptions.defaults());
    }

    @BeforeEach
    void copyOriginal() {
        model = TinyModels.distilled(folder.resolve("model"));
    }

    private static Picture draw(Path model, EngineOptions options) {
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(model, options)) {
            return pipeline.generate(ImageRequest.of("a lake", 7), GenerationListener.NONE, Cancellation.none())
                    .getFirst()
                    .picture();
        }
    }

    /** Mean absolute difference of the channels, of 255. */
    private double difference(EngineOptions options) {
        byte[] ours = draw(model, options).toBytes();
        byte[] from = picture.toBytes();
        assertThat(ours).hasSameSizeAs(from);
        double sum = 0;
        for (int i = 0; i < ours.length; i++) {
            sum += Math.abs((ours[i] & 255) - (from[i] & 255));
        }
        return sum / ours.length;
    }

    private void convert(String from, String to, String type) {
        try (WeightConversion conversion = WeightConversion.plan(original.resolve(from), model.resolve(to), type)) {
            assertThat(conversion.run(new WeightConversion.Listener() {
                        @Override
                        public void onBytes(long bytes) {}

                        @Override
                        public boolean isCancelled() {
                            return false;
                        }
                    }))
                    .isTrue();
        }
    }

    private void delete(String... files) {
        try {
            for (String file : files) {
                Files.delete(model.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The transformer beside model_index.json without a folder of its own, the text encoder in its folder; neither has a config.json. */
    @ParameterizedTest
    @CsvSource({"f32, 0.01", "f16, 0.1", "bf16, 0.5", "q8_0, 1", "q4_0, 6"})
    void ggufs(String type, double most) {
        delete(TRANSFORMER, "transformer/config.json", "transformer", TEXT, "text_encoder/config.json");
        convert("transformer", "klein-" + type + ".gguf", type);
        convert("text_encoder", "text_encoder/qwen3-" + type + ".gguf", type);

        assertThat(difference(EngineOptions.defaults())).isLessThanOrEqualTo(most);
        assertThat(TransformerConfig.read(model.resolve("transformer")))
                .isEqualTo(TransformerConfig.read(original.resolve("transformer")));
        ModelOutline outline = ModelOutline.read(model);
        assertThat(outline.memory()).isEqualTo(ModelOutline.read(original).memory());
        assertThat(WorkEstimate.of(model, "a lake", 64, 64)).isEqualTo(WorkEstimate.of(original, "a lake", 64, 64));
    }

    @ParameterizedTest
    @CsvSource({"STORED", "FP32", "INT8"})
    void everyPrecisionReadsGgufs(Precision precision) {
        delete(TRANSFORMER, TEXT);
        convert("transformer", "transformer/klein.gguf", "q8_0");
        convert("text_encoder", "text_encoder/qwen3.gguf", "q8_0");
        EngineOptions options = new EngineOptions(
                EngineOptions.defaults().device(), precision, 0, 0, List.of(), folder.resolve("cache"));
        assertThat(difference(options)).isLessThanOrEqualTo(1);
    }

    /** ComfyUI's scaled fp8 in the names of Black Forest Labs, and a text encoder with a scale for each row. */
    @ParameterizedTest
    @CsvSource({"F8_E4M3, 2", "F8_E5M2, 4"})
    void float8(BlockFormat format, double most) {
        delete(TRANSFORMER, "transformer/config.json", TEXT);
        FormatFiles.float8(
                model.resolve("transformer/klein-fp8.safetensors"),
                "model.diffusion_model.",
                FormatFiles.blackForestLabs(FormatFiles.read(original.resolve(TRANSFORMER)), 2, 3),
                format,
                Scales.TENSOR);
        FormatFiles.float8(model.resolve(TEXT), "", FormatFiles.read(original.resolve(TEXT)), format, Scales.ROW);
        assertThat(difference(EngineOptions.defaults())).isBetween(0.0001, most);
    }

    @Test
    void aSingleFileInTheNamesOfBlackForestLabsDrawsTheSamePicture() {
        delete(TRANSFORMER, "transformer/config.json");
        FormatFiles.float32(
                model.resolve("transformer/flux-2-klein.safetensors"),
                "",
                FormatFiles.blackForestLabs(FormatFiles.read(original.resolve(TRANSFORMER)), 2, 3));
        assertThat(difference(EngineOptions.defaults())).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"0, is empty", "3, no GGUF", "20, truncated", "2000, truncated", "400000, truncated"})
    void aGgufThatWasCutOffIsSaid(int bytes, String message) throws IOException {
        delete(TRANSFORMER);
        convert("transformer", "transformer/klein.gguf", "q8_0");
        Path file = model.resolve("transformer/klein.gguf");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
        assertThatThrownBy(() -> draw(model, EngineOptions.defaults()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("klein.gguf")
                .hasMessageContaining(message);
    }

    @Test
    void aGgufOfAnotherPartIsRefusedByWhatIsMissing() throws IOException {
        delete(TEXT);
        convert("transformer", "text_encoder/model.gguf", "f16");
        assertThatThrownBy(() -> draw(model, EngineOptions.defaults()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("model.gguf")
                .hasMessageContaining("'flux'");
    }
}
