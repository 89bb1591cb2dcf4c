package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.TinyModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest extends CommandLineFixture {
    private Path model;

    @BeforeEach
    void makeModel() {
        model = TinyModels.distilled(home.resolve("model"));
    }

    @Test
    void aPartIsConvertedThereAndBack() throws IOException {
        Path gguf = home.resolve("made/klein-q8_0.gguf");

        Outcome outcome = run("convert", model.resolve("transformer"), gguf, "--type", "q8_0");

        assertThat(outcome.err()).contains("tensors become", " q8_0", " f32", " bf16");
        assertThat(outcome.out()).isEqualTo(gguf + System.lineSeparator());
        assertThat(outcome.code()).isZero();
        assertThat(Arrays.copyOf(Files.readAllBytes(gguf), 4)).isEqualTo("GGUF".getBytes(StandardCharsets.US_ASCII));
        assertThat(gguf.getParent().toFile().list()).containsExactly("klein-q8_0.gguf");

        Path back = home.resolve("back.safetensors");
        assertThat(run("convert", gguf, back, "--type", "BF16").code()).isZero();
        assertThat(Files.readString(back, StandardCharsets.ISO_8859_1))
                .contains(
                        "single_transformer_blocks.2.attn.to_qkv_mlp_proj.weight",
                        "\"BF16\"",
                        "norm_out.linear.weight");
    }

    @Test
    void whatIsThereIsReplacedOnlyByForce() throws IOException {
        Path target = Files.writeString(home.resolve("x.gguf"), "mine");

        Outcome refused = run("convert", model.resolve("text_encoder"), target, "--type", "f16");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("x.gguf exists", "--force");
        assertThat(target).hasContent("mine");

        assertThat(run("convert", model.resolve("text_encoder"), target, "--type", "f16", "--force")
                        .code())
                .isZero();
        assertThat(Files.size(target)).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model/transformer | x.gguf        | q4_k | q4_k|f32, f16, bf16, q8_0, q4_0",
                "model/transformer | x.gguf        | int4 | int4|f32, f16, bf16, q8_0, q4_0",
                "model/transformer | x.safetensors | q8_0 | q8_0|.gguf",
                "model/transformer | x.bin         | f16  | x.bin|.safetensors nor .gguf",
                "model/transformer | model         | f16  | model|is a folder",
                "model             | x.gguf        | f16  | whole model|text_encoder",
                "model/vae         | x.gguf        | f16  | transformer|neither",
                "nowhere.gguf      | x.gguf        | f16  | nowhere.gguf|there is no such file",
                "model/tokenizer   | x.gguf        | f16  | tokenizer|there is no such file"
            })
    void whatIsWrongIsSaidInOneLine(String source, String target, String type, String first, String second) {
        Outcome outcome = run("convert", home.resolve(source), home.resolve(target), "--type", type);

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err()).hasLineCount(1).contains(first, second).doesNotContain("Exception");
        assertThat(home.resolve("x.gguf")).doesNotExist();
    }
}
