package dev.atelier.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safetensors with floats of 8 bits, with and without the scales that others write beside them. */
class Float8FilesTest {
    /** 1, 2, -1.5, 448 in E4M3. */
    private static final byte[] CODES = {0x38, 0x40, (byte) 0xbc, 0x7e};

    @TempDir
    private Path folder;

    private Path write(SafetensorsBytes file) {
        return file.write(folder.resolve("model.safetensors"));
    }

    private static float[] numbers(Weights weights, String name) {
        StoredTensor tensor = weights.stored().get(name);
        float[] out = new float[(int) tensor.numbers()];
        tensor.decode(0, tensor.shape()[0], MemorySegment.ofArray(out));
        return out;
    }

    @Test
    void withoutScales() {
        Path file = write(new SafetensorsBytes()
                .tensor("a.weight", "F8_E4M3", CODES, 2, 2)
                .tensor("b.weight", "F8_E5M2", new byte[] {0x3c, 0x7b}, 1, 2));
        try (Weights weights = Weights.open(file)) {
            assertThat(numbers(weights, "a.weight")).containsExactly(1, 2, -1.5f, 448);
            assertThat(numbers(weights, "b.weight")).containsExactly(1, 57344);
            assertThat(weights.isEncoded("a.weight")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"weight_scale, input_scale", "scale_weight, scale_input"})
    void withOneScale(String scale, String input) {
        Path file = write(new SafetensorsBytes()
                .tensor("a.weight", "F8_E4M3", CODES, 2, 2)
                .floats("a." + scale, new double[] {0.25})
                .floats("a." + input, new double[] {3}, 1)
                .tensor("scaled_fp8", "F8_E4M3", new byte[] {0, 0}, 2));
        try (Weights weights = Weights.open(file)) {
            assertThat(weights.names()).containsExactly("a.weight");
            assertThat(numbers(weights, "a.weight")).containsExactly(0.25f, 0.5f, -0.375f, 112);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withAScaleForEachRow(boolean column) {
        SafetensorsBytes bytes = new SafetensorsBytes().tensor("a.weight", "F8_E4M3", CODES, 2, 2);
        Path file = write(
                column
                        ? bytes.floats("a.weight_scale", new double[] {2, 0.5}, 2, 1)
                        : bytes.floats("a.weight_scale", new double[] {2, 0.5}, 2));
        try (Weights weights = Weights.open(file)) {
            assertThat(numbers(weights, "a.weight")).containsExactly(2, 4, -0.75f, 224);
        }
    }

    /** The scales of rows go with their rows, and a scale of a weight that is not fp8 counts too. */
    @Test
    void scalesOfAMatrixThatIsTakenApart() {
        byte[] six = {0x38, 0x38, 0x38, 0x38, 0x38, 0x38};
        Path file = write(new SafetensorsBytes()
                .tensor("model.diffusion_model.double_blocks.0.img_attn.qkv.weight", "F8_E4M3", six, 6, 1)
                .floats(
                        "model.diffusion_model.double_blocks.0.img_attn.qkv.weight_scale",
                        new double[] {1, 2, 3, 4, 5, 6},
                        6)
                .tensor("model.diffusion_model.scaled_fp8", "F8_E4M3", new byte[0], 0)
                .floats("model.diffusion_model.final_layer.adaLN_modulation.1.weight", new double[] {1, 2, 3, 4}, 4, 1)
                .floats("model.diffusion_model.final_layer.adaLN_modulation.1.weight_scale", new double[] {10})
                .floats("vae.decoder.weight", new double[] {1}, 1));
        try (Weights weights = Weights.open(file)) {
            assertThat(weights.names())
                    .containsExactlyInAnyOrder(
                            "transformer_blocks.0.attn.to_q.weight",
                            "transformer_blocks.0.attn.to_k.weight",
                            "transformer_blocks.0.attn.to_v.weight",
                            "norm_out.linear.weight");
            assertThat(numbers(weights, "transformer_blocks.0.attn.to_q.weight"))
                    .containsExactly(1, 2);
            assertThat(numbers(weights, "transformer_blocks.0.attn.to_v.weight"))
                    .containsExactly(5, 6);
            assertThat(numbers(weights, "norm_out.linear.weight")).containsExactly(30, 40, 10, 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"float8_e4m3fn, true", "float8_e5m2, true", "nvfp4, false", "int8_tensorwise, false"})
    void comfysMarksNameTheFormat(String format, boolean read) {
        byte[] json = "{\"format\": \"%s\"}".formatted(format).getBytes(StandardCharsets.UTF_8);
        Path file = write(new SafetensorsBytes()
                .tensor("a.weight", "F8_E4M3", CODES, 2, 2)
                .tensor("a.comfy_quant", "U8", json, json.length));
        if (read) {
            Weights.open(file).close();
        } else {
            assertRefused(file, "a.comfy_quant", format, "float8_e4m3fn and float8_e5m2");
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        Path file = write(new SafetensorsBytes()
                .tensor("a.weight", "F8_E4M3", new byte[] {0x38, 0x7f}, 1, 2)
                .tensor("b.weight", "F8_E5M2", new byte[] {0x38, 0x7c}, 1, 2));
        try (Weights weights = Weights.open(file)) {
            for (String name : new String[] {"a.weight", "b.weight"}) {
                assertThatThrownBy(() -> numbers(weights, name))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining("NaN or infinite");
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        SafetensorsBytes weight = new SafetensorsBytes().tensor("a.weight", "F8_E4M3", CODES, 2, 2);
        assertRefused(write(weight.floats("a.weight_scale", new double[] {1, 2, 3}, 3)), "a.weight", "3 scales");

        weight = new SafetensorsBytes().tensor("a.weight", "F8_E4M3", CODES, 2, 2);
        assertRefused(
                write(weight.floats("a.weight_scale", new double[] {1, 2, 3, 4}, 2, 2)), "a.weight_scale", "[2, 2]");

        weight = new SafetensorsBytes().tensor("a.weight", "F8_E4M3", CODES, 2, 2);
        assertRefused(write(weight.floats("a.weight_scale", new double[] {Double.NaN})), "a.weight_scale", "NaN");

        weight = new SafetensorsBytes().floats("a.weight_scale", new double[] {1});
        assertRefused(write(weight), "a.weight", "missing");

        weight =
                new SafetensorsBytes().tensor("a.weight", "I8", CODES, 2, 2).floats("a.weight_scale", new double[] {1});
        assertRefused(write(weight), "a.weight", "I8");

        weight = new SafetensorsBytes()
                .tensor("a.weight", "F8_E4M3", CODES, 2, 2)
                .floats("a.weight_scale_inv", new double[] {1}, 1, 1);
        assertRefused(write(weight), "a.weight_scale_inv", "F8_E4M3 and F8_E5M2");

        weight = new SafetensorsBytes().tensor("a.weight", "F8_E8M0", CODES, 2, 2);
        assertRefused(write(weight), "a.weight", "F8_E8M0", "F8_E4M3 and F8_E5M2");
    }

    /** A file that is read in place, such as an adapter, cannot hold them. */
    @Test
    void placesThatNeedPlainNumbersSayWhatTheyRead() {
        Path file = write(new SafetensorsBytes().tensor("a.weight", "F8_E4M3", CODES, 2, 2));
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a.weight: stored as F8_E4M3")
                .hasMessageContaining("F32, F16 or BF16");
    }

    @Test
    void whatIsLeftAsideIsSaid() {
        Path file = write(new SafetensorsBytes()
                .tensor("diffusion_model.single_blocks.0.linear1.weight", "F8_E4M3", CODES, 2, 2)
                .floats("diffusion_model.single_blocks.0.linear1.input_scale", new double[] {3})
                .floats("vae.decoder.weight", new double[] {1}, 1));
        List<String> notes = new ArrayList<>();
        try (SafetensorsFile open = SafetensorsFile.openStored(file)) {
            TensorNames.ours(file, Float8Scales.applied(file, open.stored(), notes::add), notes::add);
        }
        assertThat(notes).hasSize(2).allSatisfy(note -> assertThat(note).startsWith(file.toString()));
        assertThat(notes.get(0)).contains("1 scales of layers' inputs");
        assertThat(notes.get(1)).contains("1 tensors beside diffusion_model.");
    }

    @Test
    void theNamesOfFlux1AreRefused() {
        Path file = write(new SafetensorsBytes().floats("double_blocks.0.img_mod.lin.weight", new double[] {1}, 1, 1));
        assertRefused(file, "FLUX.1", "FLUX.2");
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> Weights.open(file).close())
                .isInstanceOf(EngineException.class)
                .message()
                .startsWith(file.toString())
                .contains(parts);
    }
}
