package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.reference.Fault;
import dev.atelier.engine.reference.Numbers;
import dev.atelier.engine.reference.SeededModel;
import dev.atelier.engine.reference.SeededWeights;
import dev.atelier.engine.reference.SlowFlux2;
import dev.atelier.engine.reference.SlowQwen3;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.text.Qwen3Model;
import dev.atelier.engine.weights.BlockFormat;
import dev.atelier.engine.weights.FormatFiles;
import dev.atelier.engine.weights.FormatFiles.Scales;
import dev.atelier.engine.weights.GgufBytes;
import dev.atelier.engine.weights.WeightConversion;
import dev.atelier.engine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same transformer and text encoder in every format, written by {@link FormatFiles} as others write them and by the engine's own
 * conversion: what they compute is within the bound that docs/performance.md states for the format, of what the original in fp32 computes; and
 * not better than the format can be, so that each file is what it says.
 */
class FormatParityTest {
    /** Blocks of 256 numbers fit into every row of its blocks. */
    private static final SeededModel MODEL = new SeededModel(
            "formats",
            9,
            DType.F32,
            new SlowQwen3.Shape(96, 256, 512, 3, 4, 2, 64, 1_000_000, true),
            List.of(1, 3),
            new SlowFlux2.Shape(12, 2, 2, 8, 32, 512, 32, 2.0, List.of(8, 8, 8, 8), false),
            null);

    private static final int COLUMNS = 3;
    private static final int TOKENS = 6;
    private static final int TEXT = 4;
    private static final int[] LENGTHS = {7};
    private static final String TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors";
    private static final String TEXT_ENCODER = "text_encoder/model.safetensors";

    @TempDir
    private static Path original;

    private static Map<String, FormatFiles.Numbers> transformer;
    private static Map<String, FormatFiles.Numbers> text;
    private static float[] velocity;
    private static float[] embeds;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeOriginals() {
        GradMode.set_enabled(false);
        SeededWeights numbers = MODEL.transformerWeights();
        SlowFlux2 slow = new SlowFlux2(MODEL.transformer(), numbers, Fault.NONE);
        double[][] expected = slow.velocity(
                slow.image(MODEL.numbers(1, TOKENS, 12), COLUMNS),
                MODEL.numbers(2, TEXT, 512),
                0.5,
                1,
                SlowFlux2.Kept.NOTHING);
        MODEL.write(original.resolve("transformer"), "diffusion_pytorch_model", numbers);
        velocity = velocity(original.resolve("transformer"), Precision.STORED);
        assertThat(Numbers.relative(Numbers.flat(expected), velocity)).isLessThan(1e-4);

        SeededWeights textNumbers = MODEL.textWeights();
        new SlowQwen3(MODEL.text(), textNumbers, Fault.NONE).embeds(MODEL.ids(1, 9), LENGTHS[0], MODEL.hiddenLayers());
        MODEL.write(original.resolve("text_encoder"), "model", textNumbers);
        embeds = embeds(original.resolve("text_encoder"), Precision.STORED);
        transformer = FormatFiles.read(original.resolve(TRANSFORMER));
        text = FormatFiles.read(original.resolve(TEXT_ENCODER));
    }

    @BeforeEach
    void withoutGradients() {
        GradMode.set_enabled(false);
    }

    @AfterAll
    static void withGradients() {
        GradMode.set_enabled(true);
    }

    private static float[] velocity(Path component, Precision precision) {
        try (WideningBuffer buffer = new WideningBuffer();
                Weights weights = Weights.open(component, TransformerConfig.FILE, Device.CPU)) {
            Flux2Transformer ours = new Flux2Transformer(
                    TransformerConfig.read(component), new LoadedLayers(weights, new LinearFactory(precision, buffer)));
            weights.requireAllUsed();
            return Scopes.plain(() -> {
                Tensor positions = Tensors.cat(0, Positions.text(TEXT), Positions.image(TOKENS / COLUMNS, COLUMNS));
                return Tensors.toFloats(ours.forward(
                        Numbers.one(MODEL.numbers(1, TOKENS, 12)),
                        Numbers.one(MODEL.numbers(2, TEXT, 512)),
                        Tensors.full(0.5, DType.F32, 1),
                        null,
                        ours.rotaryEmbedding(positions, Device.CPU),
                        ReferenceCache.EMPTY));
            });
        }
    }

    private static float[] embeds(Path component, Precision precision) {
        try (WideningBuffer buffer = new WideningBuffer();
                Weights weights = Weights.open(component, Qwen3Config.FILE, Device.CPU)) {
            Qwen3Model ours = new Qwen3Model(
                    Qwen3Config.read(component),
                    new LoadedLayers(weights, new LinearFactory(precision, buffer)),
                    3,
                    Device.CPU);
            weights.requireAllUsed();
            return Scopes.plain(() -> Tensors.toFloats(
                    ours.hiddenStates(Tensors.of(MODEL.ids(1, 9), 1, 9), LENGTHS, MODEL.hiddenLayers(), DType.F32)));
        }
    }

    private static double error(float[] of, float[] from) {
        double[] expected = new double[from.length];
        java.util.Arrays.setAll(expected, i -> from[i]);
        return Numbers.relative(expected, of);
    }

    /** Between a fiftieth of the bound, which no other format of the list would leave it at, and the bound. */
    private static void assertWithin(double error, double bound) {
        assertThat(error).isLessThanOrEqualTo(bound);
        if (bound > 1e-5) {
            assertThat(error).isGreaterThan(bound / 50);
        }
    }

    private Map<String, FormatFiles.Numbers> theirs() {
        return FormatFiles.blackForestLabs(transformer, 2, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "F32, 1e-6",
        "F16, 1e-3",
        "BF16, 1e-2",
        "Q8_0, 2e-2",
        "Q6_K, 4e-2",
        "Q5_K, 1e-1",
        "Q4_K, 2e-1",
        "Q4_0, 2e-1"
    })
    void ggufTransformers(BlockFormat format, double bound) {
        Path component = folder.resolve("transformer");
        GgufBytes out = new GgufBytes(theirs().size(), 1).pair("general.architecture", "flux");
        FormatFiles.gguf(component.resolve("any-name.gguf"), out, theirs(), format, "");
        assertWithin(error(velocity(component, Precision.STORED), velocity), bound);
        assertWithin(error(velocity(component, Precision.FP32), velocity), bound);
    }

    /** Random weights enlarge what a layer is off by more than trained ones: bounds are those of the transformer a few times over. */
    @ParameterizedTest
    @CsvSource({
        "F32, 1e-6",
        "F16, 1e-3",
        "BF16, 1e-2",
        "Q8_0, 4e-2",
        "Q6_K, 1.2e-1",
        "Q5_K, 2.5e-1",
        "Q4_K, 5e-1",
        "Q4_0, 5e-1"
    })
    void ggufTextEncoders(BlockFormat format, double bound) {
        Path component = folder.resolve("text_encoder");
        FormatFiles.gguf(
                component.resolve("qwen.gguf"), textPairs(4), FormatFiles.llamaCpp(text), format, "token_embd.weight");
        assertWithin(error(embeds(component, Precision.STORED), embeds), bound);
    }

    private GgufBytes textPairs(int heads) {
        return new GgufBytes(text.size(), 9)
                .pair("general.architecture", "qwen3")
                .pair("qwen3.embedding_length", 256)
                .pair("qwen3.feed_forward_length", 512)
                .pair("qwen3.block_count", 3)
                .pair("qwen3.attention.head_count", heads)
                .pair("qwen3.attention.head_count_kv", 2)
                .pair("qwen3.attention.key_length", 64)
                .pair("qwen3.attention.layer_norm_rms_epsilon", 1e-6f)
                .pair("qwen3.rope.freq_base", 1e6f);
    }

    @Test
    void aConfigurationThatContradictsTheGgufIsRefused() throws IOException {
        Path component = folder.resolve("text_encoder");
        FormatFiles.gguf(component.resolve("qwen.gguf"), textPairs(8), FormatFiles.llamaCpp(text), BlockFormat.F32, "");
        Files.copy(original.resolve("text_encoder/config.json"), component.resolve("config.json"));
        assertThatThrownBy(() -> embeds(component, Precision.STORED))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("qwen.gguf")
                .hasMessageContaining("config.json beside it")
                .hasMessageContaining("numAttentionHeads=8");
    }

    @ParameterizedTest
    @CsvSource({
        "F8_E4M3, NONE, 5e-2, 1.5e-1",
        "F8_E4M3, TENSOR, 5e-2, 1.5e-1",
        "F8_E4M3, ROW, 5e-2, 1.5e-1",
        "F8_E5M2, NONE, 8e-2, 3e-1",
        "F8_E5M2, TENSOR, 8e-2, 3e-1",
        "F8_E5M2, ROW, 8e-2, 3e-1"
    })
    void float8(BlockFormat format, Scales scales, double bound, double textBound) {
        Path component = folder.resolve("transformer");
        String prefix = scales == Scales.TENSOR ? "model.diffusion_model." : "";
        FormatFiles.float8(component.resolve("flux-2-fp8.safetensors"), prefix, theirs(), format, scales);
        assertWithin(error(velocity(component, Precision.STORED), velocity), bound);

        Path encoder = folder.resolve("text_encoder");
        FormatFiles.float8(encoder.resolve("model.safetensors"), "", text, format, scales);
        try {
            Files.copy(original.resolve("text_encoder/config.json"), encoder.resolve("config.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertWithin(error(embeds(encoder, Precision.STORED), embeds), textBound);
    }

    /** Single files in the names of Black Forest Labs: beside model_index.json, with a configuration and without. */
    @ParameterizedTest
    @CsvSource({
        "'', transformer/flux-2.safetensors",
        "model.diffusion_model., transformer/x.safetensors",
        "'', flux-2.safetensors"
    })
    void singleFiles(String prefix, String file) throws IOException {
        FormatFiles.float32(folder.resolve(file), prefix, theirs());
        Path component = folder.resolve("transformer");
        assertThat(TransformerConfig.read(component))
                .isEqualTo(TransformerConfig.read(original.resolve("transformer")));
        assertWithin(error(velocity(component, Precision.STORED), velocity), 1e-6);

        Files.createDirectories(component);
        Files.copy(original.resolve("transformer/config.json"), component.resolve("config.json"));
        assertWithin(error(velocity(component, Precision.STORED), velocity), 1e-6);
    }

    @Test
    void twoFilesThatCouldBeMeantAreNamed() {
        Path component = folder.resolve("transformer");
        FormatFiles.float32(component.resolve("a.safetensors"), "", theirs());
        FormatFiles.float32(component.resolve("b.safetensors"), "", theirs());
        assertThatThrownBy(() -> velocity(component, Precision.STORED))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a.safetensors, b.safetensors");
    }

    /** What the engine writes it reads again, and what it writes of that is the same. */
    @ParameterizedTest
    @CsvSource({
        "f32.safetensors, f32, 1e-6, 1e-6",
        "f16.safetensors, f16, 1e-3, 2e-3",
        "bf16.safetensors, bf16, 1e-2, 1.5e-2",
        "f32.gguf, f32, 1e-6, 1e-6",
        "f16.gguf, f16, 1e-3, 2e-3",
        "bf16.gguf, bf16, 1e-2, 1.5e-2",
        "q8_0.gguf, q8_0, 1.5e-2, 4e-2",
        "q4_0.gguf, q4_0, 1.5e-1, 5e-1"
    })
    void conversions(String file, String type, double bound, double textBound) throws IOException {
        Path component = Files.createDirectories(folder.resolve("transformer"));
        convert(original.resolve("transformer"), component.resolve(file), type);
        float[] once = velocity(component, Precision.STORED);
        assertWithin(error(once, velocity), bound);

        Path back = Files.createDirectories(folder.resolve("back"));
        convert(component.resolve(file), back.resolve("diffusion_pytorch_model.safetensors"), "f32");
        Files.copy(original.resolve("transformer/config.json"), back.resolve("config.json"));
        // 16-bit weights are multiplied in a packed form, whose sums are in another order.
        assertThat(error(velocity(back, Precision.STORED), once)).isLessThan(1e-5);
        assertThat(FormatFiles.read(back.resolve("diffusion_pytorch_model.safetensors"))
                        .keySet())
                .isEqualTo(transformer.keySet());

        Path encoder = Files.createDirectories(folder.resolve("text_encoder"));
        convert(original.resolve("text_encoder"), encoder.resolve(file), type);
        if (file.endsWith("safetensors")) {
            Files.copy(original.resolve("text_encoder/config.json"), encoder.resolve("config.json"));
        }
        float[] encoded = embeds(encoder, Precision.STORED);
        assertWithin(error(encoded, embeds), textBound);
        if (file.endsWith("gguf")) {
            Path again = Files.createDirectories(folder.resolve("again"));
            convert(encoder.resolve(file), again.resolve("again.gguf"), "f32");
            assertThat(error(embeds(again, Precision.STORED), encoded)).isLessThan(1e-4);
        }
    }

    private static void convert(Path from, Path to, String type) {
        long[] written = new long[1];
        try (WeightConversion conversion = WeightConversion.plan(from, to, type)) {
            boolean whole = conversion.run(new WeightConversion.Listener() {
                @Override
                public void onBytes(long bytes) {
                    written[0] += bytes;
                }

                @Override
                public boolean isCancelled() {
                    return false;
                }
            });
            assertThat(whole).isTrue();
            assertThat(written[0]).isEqualTo(conversion.bytes());
        }
    }

    @Test
    void aConversionThatIsStoppedLeavesNothingBehind() throws IOException {
        Path target = folder.resolve("target.gguf");
        Files.writeString(target, "what was here");
        try (WeightConversion conversion = WeightConversion.plan(original.resolve("transformer"), target, "q8_0")) {
            assertThat(conversion.run(new WeightConversion.Listener() {
                        @Override
                        public void onBytes(long bytes) {}

                        @Override
                        public boolean isCancelled() {
                            return true;
                        }
                    }))
                    .isFalse();
        }
        assertThat(folder).isDirectoryContaining("glob:**target.gguf");
        assertThat(Files.list(folder)).hasSize(1);
        assertThat(target).hasContent("what was here");
    }

    @ParameterizedTest
    @CsvSource({
        "transformer, x.safetensors, q8_0, goes into a .gguf",
        "transformer, x.gguf, q4_k, 'none of f32, f16, bf16, q8_0, q4_0'",
        "transformer, x.bin, f16, neither .safetensors nor .gguf",
        "transformer/config.json, x.gguf, f16, no safetensors file",
        "nowhere, x.gguf, f16, nowhere"
    })
    void whatCannotBeConvertedIsSaid(String from, String to, String type, String message) {
        assertThatThrownBy(() -> WeightConversion.plan(original.resolve(from), folder.resolve(to), type)
                        .close())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(message);
    }
}
