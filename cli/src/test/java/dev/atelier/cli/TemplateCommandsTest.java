package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code templates}, and {@code generate --template}. */
class TemplateCommandsTest extends CommandLineFixture {
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        Path model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        out = home.resolve("my pictures");
        variables.put("ATELIER_MODEL", "klein");
    }

    @Test
    void aTemplateStandsInPlaceOfThePrompt() {
        Outcome outcome = run(
                "generate",
                "--template",
                "shop/packshot",
                "--slot",
                "product=red mug, 15 images",
                "--slot",
                "surface=wood",
                "-n",
                2,
                "--seed",
                7,
                "-o",
                out.resolve("mug.png"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.outLines()).hasSize(2);
        assertThat(pipeline.requests).singleElement().satisfies(request -> {
            assertThat(request.prompt())
                    .startsWith("A product photograph of a red mug, 15 images, standing alone")
                    .contains("on a pale wooden table top");
            assertThat(request.seeds()).containsExactly(7L, 8L);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generate                                                     | atelier: PROMPT: missing; give words, or --template with what is in its slots
            generate x --template shop/packshot                          | atelier: PROMPT: is given beside --template; only one of them is allowed
            generate x --slot a=b                                        | atelier: --slot: is given without --template
            generate --template shop/packshot                            | atelier: --slot product: is missing; 1 to 80 characters are needed, such as 'red mug'
            generate --template shop/packshot --slot x=y                 | atelier: --slot x: is no slot of shop/packshot; its slots are product, surface, light, ratio, language
            generate --template shop/x                                   | atelier: --template: 'shop/x' is not known
            templates shop/x                                             | atelier: NAME: 'shop/x' is not known
            """)
    void aTemplateThatDoesNotFitIsAWrongCommandLine(String line, String message) {
        Outcome outcome = run((Object[]) line.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).startsWith(message);
    }

    @Test
    void templatesAreListedAndDescribed() {
        assertThat(run("templates").outLines())
                .hasSizeGreaterThanOrEqualTo(24)
                .first()
                .asString()
                .startsWith("shop/packshot")
                .endsWith("Pack shot (商品主图)");
        assertThat(run("templates", "film/storyboard", "--examples", "zh").outLines())
                .containsExactly("hero=狐狸", "place=森林");
        assertThat(run("templates", "--examples", "zh").err()).startsWith("atelier: NAME: '' is not known");
        assertThat(run("templates", "film/storyboard").out())
                .contains("film/storyboard@1: ")
                .contains("  hero       text     at most 80 characters, such as \"fox\"; must be given")
                .contains("  shots      count    2 to 6 (default: 4)")
                .contains("1. A frame of a film, ");
    }
}
