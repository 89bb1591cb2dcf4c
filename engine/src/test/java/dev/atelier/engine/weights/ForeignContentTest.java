package dev.atelier.engine.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.lora.LoraAdapters;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is no weights, or no configuration, is told by what it is, wherever it lies. */
class ForeignContentTest {
    private static final String POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4665\nsize 9\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of(
                        POINTER.getBytes(StandardCharsets.US_ASCII),
                        "a Git LFS pointer, not the weights: run git lfs pull"),
                Arguments.of("\n<!doctype HTML><html>".getBytes(StandardCharsets.US_ASCII), "a web page"),
                Arguments.of("<?xml version=\"1.0\"?><Error/>".getBytes(StandardCharsets.US_ASCII), "a web page"),
                Arguments.of(new byte[0], "is empty"),
                Arguments.of(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l'}, "a pickle of Python"),
                Arguments.of(new byte[] {'P', 'K', 3, 4, 0, 0}, "a ZIP archive"),
                Arguments.of(
                        new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0},
                        "a GGUF file (llama.cpp); of such files transformers and text encoders are read, under names that"
                                + " end in .gguf"),
                Arguments.of(
                        new byte[] {'g', 'g', 'm', 'l', 3, 0, 0, 0},
                        "a GGML file (llama.cpp before GGUF); safetensors and GGUF are read"),
                Arguments.of(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 26, '\n'}, "an HDF5 file"),
                Arguments.of(new byte[] {31, (byte) 0x8b, 8, 0}, "a compressed file"),
                Arguments.of(
                        "Invalid username or password.".getBytes(StandardCharsets.US_ASCII),
                        "a text that begins with 'Invalid username or password.'"),
                Arguments.of("{\"error\":\"x\"}".getBytes(StandardCharsets.US_ASCII), "is no safetensors file"),
                Arguments.of(new byte[] {1, 2, 3}, "it has only 3 bytes"),
                Arguments.of(new byte[4096], "is no safetensors file"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void everyPlaceOfWeightsSaysTheSame(byte[] content, String message) throws IOException {
        Path file = folder.resolve("diffusion_pytorch_model.safetensors");
        Files.write(file, content);

        assertRefused(() -> SafetensorsFile.open(file), file, message);
        assertRefused(() -> Weights.open(folder, "diffusion_pytorch_model", Device.CPU), file, message);
        assertRefused(() -> new LoraAdapters(Device.CPU).add(file, 1), file, message);
    }

    @Test
    void aCutFileIsTruncatedWhereverItIsCut() throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        Path whole = model.resolve("transformer/diffusion_pytorch_model.safetensors");
        byte[] bytes = Files.readAllBytes(whole);
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (long at : new long[] {200, 8 + header / 2, 8 + header - 1, 8 + header + 100, bytes.length - 1}) {
            Files.write(whole, Arrays.copyOf(bytes, (int) at));
            assertRefused(() -> SafetensorsFile.open(whole), whole, "truncated");
        }
    }

    @Test
    void weightsOfAnotherFormatBesideAreNamed() throws IOException {
        Files.write(folder.resolve("model.bin"), new byte[] {1});
        Files.write(folder.resolve("model.fp16.safetensors"), new byte[] {1});
        assertThatThrownBy(() -> Weights.open(folder, "model", Device.CPU))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("model.safetensors: there is no such file")
                .hasMessageContaining("beside it: model.bin, model.fp16.safetensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model_index.json",
                "transformer/config.json",
                "text_encoder/config.json",
                "vae/config.json",
                "scheduler/scheduler_config.json",
                "tokenizer/tokenizer.json",
                "tokenizer/tokenizer_config.json"
            })
    void everyConfigurationOfAModelIsChecked(String name) throws IOException {
        Path model = TinyModels.distilled(folder.resolve("model"));
        Path file = model.resolve(name);
        byte[] good = Files.readAllBytes(file);
        for (String[] wrong : new String[][] {
            {POINTER, "a Git LFS pointer", "git lfs pull"},
            {"<html><body>Sign in</body></html>", "a web page", ""},
            {"", "is empty", ""},
            {"{\"a\": 1,}", "no valid JSON", "line 1"},
            {"{'a': 1}", "no valid JSON", "line 1"},
            {"{\"a\": [1, 2", "no valid JSON: it ends before it is complete", ""}
        }) {
            Files.writeString(file, wrong[0]);
            assertThatThrownBy(() ->
                            Flux2Pipeline.open(model, EngineOptions.defaults()).close())
                    .as("%s: %s", name, wrong[0])
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining(file.getFileName().toString())
                    .hasMessageContaining(wrong[1])
                    .hasMessageContaining(wrong[2])
                    .message()
                    .doesNotContain("Unexpected", "Illegal", "JsonReadFeature", "expected value at", "EOF");
        }
        // A byte-order mark is no damage.
        byte[] marked = new byte[good.length + 3];
        System.arraycopy(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 0, marked, 0, 3);
        System.arraycopy(good, 0, marked, 3, good.length);
        if (!name.equals("tokenizer/tokenizer.json")) {
            Files.write(file, marked);
            Flux2Pipeline.open(model, EngineOptions.defaults()).close();
        }
    }

    private static void assertRefused(Runnable open, Path file, String message) {
        assertThatThrownBy(open::run)
                .isInstanceOf(EngineException.class)
                .message()
                .startsWith(file.toString())
                .contains(message)
                .doesNotContain("header length", "Unexpected", "Exception");
    }
}
