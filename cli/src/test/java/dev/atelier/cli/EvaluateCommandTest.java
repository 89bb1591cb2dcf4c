package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.ImageRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EvaluateCommandTest extends CommandLineFixture {
    @Test
    void theBuiltInModelIsMeasuredInItsOwnWorld() {
        Path output = home.resolve("report");

        Outcome outcome = run(
                "evaluate",
                "seedling-1",
                "--count",
                1,
                "--steps",
                3,
                "--guidance",
                2.5,
                "--families",
                "landscape",
                "--skip",
                "sequence,autoencoder",
                "--probe-minutes",
                0.01,
                "-o",
                output);

        assertThat(outcome.err()).contains("world: as in ", "recipe.yaml");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("| text to image | sky and time of day |", "| edits | change made |", output.toString())
                .doesNotContain("| sequences |", "| autoencoder |");
        assertThat(output.resolve("evaluation.json")).exists();
        assertThat(pipeline.requests)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.steps()).isEqualTo(3))
                .extracting(ImageRequest::guidanceScale)
                .containsOnly(2.5);
        assertThat(pipeline.closed).isTrue();
        assertThat(home.resolve(".cache/atelier/probes")).isDirectoryContaining(Files::isDirectory);
    }

    @Test
    void wrongNumbersAndNamesAreExplained() {
        assertThat(run("evaluate", "--count", 0)).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("count: 0, 1 to 5000 expected");
        });
        assertThat(run("evaluate", "--probe-minutes", -1)).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--probe-minutes", "-1");
        });
        assertThat(run("evaluate", "--families", "cars").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("evaluate", "--families", "room", "--world", "simple")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("families: ROOM");
        });
    }

    @Test
    void twoModelsTakeAnExamAndStandSideBySide() {
        Path output = home.resolve("exam");

        Outcome outcome = run(
                "evaluate",
                "seedling-1",
                "--exam",
                "first-prompts",
                "--against",
                "seedling-1",
                "--world",
                "simple",
                "--seed",
                40,
                "--probe-minutes",
                0.01,
                "-o",
                output);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("| first prompts | studio/klein | studio/klein (2) |", "| fashion |", output.toString());
        assertThat(output.resolve("first-prompts.md")).content().contains("a red fox in the snow", "not judged");
        assertThat(output.resolve("first-prompts.json")).exists();
        assertThat(output.resolve("first-prompts.png")).exists();
        int asked = pipeline.requests.size() / 2;
        assertThat(pipeline.requests.subList(0, asked))
                .extracting(request -> request.seeds().getFirst())
                .startsWith(40L, 41L)
                .isEqualTo(pipeline.requests.subList(asked, 2 * asked).stream()
                        .map(request -> request.seeds().getFirst())
                        .toList());
    }

    @Test
    void anExamThatThereIsNotIsNamedWithThoseThatThereAre() {
        assertThat(run("evaluate", "--exam", "spelling")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("'spelling' is none of first-prompts, typography, nouns");
        });
        assertThat(run("evaluate", "--against", "seedling-1")).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("--against: belongs to --exam");
        });
    }
}
