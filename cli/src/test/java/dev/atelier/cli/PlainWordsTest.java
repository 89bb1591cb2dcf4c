package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a command is given, its messages are its own: no parser's or library's words. */
class PlainWordsTest extends CommandLineFixture {
    private static final String[] FOREIGN = {
        "Exception",
        "java.",
        "For input string",
        "Unexpected",
        "Illegal",
        "Malformed",
        "Cannot",
        "URI is not",
        "Nul character",
        "an int",
        "a double",
        "a long",
        "\tat "
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "generate a lake --steps many|--steps|'many' is not a whole number",
                "generate a lake --steps 99999999999|--steps|is not a whole number in its range",
                "generate a lake --seed 1.5|--seed|'1.5' is not",
                "generate a lake --guidance much|--guidance|'much' is not a number",
                "generate a lake --size huge|--size|huge",
                "generate a lake --device gpu|--device|'gpu' is none of cpu, cuda, cuda:N",
                "generate a lake --precision fp8|--precision|fp8",
                "edit x.png blue --outpaint a,b,c,d|--outpaint|'a,b,c,d' is not LEFT,TOP,RIGHT,BOTTOM",
                "edit x.png blue --strength strong|--strength|'strong' is not a number",
                "lora --data . --output a.safetensors --rank x|--rank|'x' is not a whole number",
                "lora --data . --output a.safetensors --learning-rate x|--learning-rate|'x' is not a number",
                "serve --port eighty|--port|'eighty' is not a whole number",
                "keys create --name a --rate fast|--rate|'fast' is not a number of 1 to 999,999",
                "pull owner/name --endpoint http://a{b|endpoint|is not an address"
            })
    void optionsOfAnotherKind(String line, String option, String message) {
        Outcome outcome = run((Object[]) line.split(" "));

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err())
                .contains(option)
                .contains(message == null ? "" : message)
                .doesNotContain(FOREIGN);
    }

    @Test
    void filesOfAnotherKind() throws IOException {
        Path folder = Files.createDirectories(home.resolve("model"));
        for (String content : new String[] {
            "",
            "{",
            "{\"a\": 1,}",
            "<html>",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            "\u00ff"
        }) {
            Files.write(folder.resolve("model_index.json"), content.getBytes(StandardCharsets.ISO_8859_1));
            Outcome outcome = run("parity", folder);
            assertThat(outcome.code()).isNotZero();
            assertThat(outcome.err()).as(content).contains("json").doesNotContain(FOREIGN);
        }
        Path recipe = home.resolve("recipe.yaml");
        for (String content : new String[] {"name: [", "a: b: c", "\t- x", "name: 7\nseed: x", "- 1", "", "\u0000"}) {
            Files.writeString(recipe, content);
            Outcome outcome = run("train", "--recipe", recipe, "--steps", 1, "--run", home.resolve("run"));
            assertThat(outcome.code()).isNotZero();
            assertThat(outcome.err()).as(content).contains("recipe").doesNotContain(FOREIGN);
        }
        Path picture = home.resolve("x.heic");
        Files.write(picture, new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0, 0, 0});
        assertThat(run("edit", picture, "make it blue").err())
                .contains("x.heic: picture: HEIC is not supported; PNG, JPEG, WebP, BMP, TIFF, GIF are")
                .doesNotContain(FOREIGN);
    }
}
