package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.AnimalKind;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.UnseenWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExamTest {
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Picture PICTURE = new Picture(32, 32, new byte[32 * 32 * 3]);

    @TempDir
    private Path folder;

    @Test
    void theFirstPromptsAreOfAllUsesAndBothLanguages() {
        List<ExamQuestion> questions = FirstPrompts.all();

        assertThat(questions).hasSizeGreaterThanOrEqualTo(64);
        Map<String, Long> uses =
                questions.stream().collect(Collectors.groupingBy(ExamQuestion::group, Collectors.counting()));
        assertThat(uses.keySet())
                .contains("shop", "film", "advertising", "games", "teaching", "rooms", "buildings", "fashion");
        assertThat(uses.values()).allMatch(count -> count >= 8);
        long chinese = questions.stream()
                .filter(question -> CHINESE.matcher(question.prompt()).find())
                .count();
        assertThat(chinese).isBetween(20L, questions.size() / 2L);
        assertThat(questions).extracting(ExamQuestion::prompt).doesNotHaveDuplicates();
    }

    @Test
    void everySubjectOfTheFirstPromptsIsAWordOfTheWorld() {
        List<ExamQuestion> judged = FirstPrompts.all().stream()
                .filter(question -> !question.wanted().isEmpty())
                .toList();

        assertThat(judged)
                .hasSizeGreaterThan(60)
                .allSatisfy(question -> assertThat(SubjectJudge.facts(question.wanted(), WorldConfig.full()))
                        .as(question.wanted())
                        .isNotEmpty());
    }

    @Test
    void aSubjectIsLookedForInEveryTableThatHasItsWord() {
        assertThat(SubjectJudge.facts("fox", WorldConfig.full()))
                .contains(
                        new Fact(Aspect.ANIMAL, AnimalKind.FOX),
                        new Fact(Aspect.NOUN_2, Nouns.find("fox").orElseThrow()));
        assertThat(SubjectJudge.facts("fox", WorldConfig.simple()))
                .containsExactly(new Fact(Aspect.ANIMAL, AnimalKind.FOX));
        assertThat(SubjectJudge.facts("kitchen cabinet", WorldConfig.full())).isEmpty();
    }

    @Test
    void theTypographyExamAsksForEveryUnseenWordOnceInItsLanguage() {
        List<ExamQuestion> questions = Typography.all();

        assertThat(questions)
                .hasSize(UnseenWords.english().size() + UnseenWords.chinese().size());
        assertThat(questions).allSatisfy(question -> {
            boolean latin = Typography.script(question) == Script.LATIN;
            assertThat(question.prompt()).contains((latin ? "\"%s\"" : "“%s”").formatted(question.wanted()));
            assertThat(CHINESE.matcher(question.prompt()).find()).isNotEqualTo(latin);
        });
        assertThat(questions).extracting(ExamQuestion::wanted).doesNotHaveDuplicates();
    }

    @Test
    void theNounExamAsksForEveryNoun() {
        List<ExamQuestion> questions = NounExam.all();

        assertThat(questions).hasSize(Nouns.all().size());
        assertThat(questions.stream().filter(q -> q.group().equals(NounExam.COMMON)))
                .hasSize(Nouns.common().size());
        assertThat(questions).noneMatch(q -> q.prompt().contains("~"));
        assertThat(NounExam.scenes(WorldConfig.full(), new HeldOut(1)).keySet())
                .hasSizeGreaterThan(Nouns.all().size() * 9 / 10);
    }

    @Test
    void answersAreCountedByGroupAndThoseNotJudgedAreLeftOut() {
        ExamReport report = report();
        ExamReport.Answers first = report.models().getFirst();

        assertThat(report.judged(first, "")).isEqualTo(2);
        assertThat(report.right(first, "")).isEqualTo(1);
        assertThat(report.judged(first, "film")).isEqualTo(1);
        assertThat(report.right(first, "film")).isZero();
        assertThat(ExamWriter.table(report)).isEqualTo("""
                        | first prompts | old | new |
                        |---|--:|--:|
                        | shop | 1.00 (1 of 1) | 1.00 (1 of 1) |
                        | film | 0.00 (0 of 1) | 1.00 (1 of 1) |
                        | all | 0.50 (1 of 2) | 1.00 (2 of 2) |
                        """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ExamReport(
                        Exam.NOUNS,
                        1,
                        "",
                        Map.of(),
                        report.questions(),
                        List.of(new ExamReport.Answers("short", List.of()))))
                .withMessage("answers: 0 of short to 3 questions");
    }

    @Test
    void theReportSaysWhatWasNotJudgedAndTheSheetShowsTheModelsSideBySide() throws IOException {
        ExamWriter.write(report(), folder);

        assertThat(folder.resolve("first-prompts.md"))
                .content()
                .contains("Judged by a judge", "| 3 | a teapot of fog | – | not judged | not judged |", "no (dog)");
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("first-prompts.json")));
        assertThat(json.at("/models/1/right").asInt()).isEqualTo(2);
        assertThat(json.at("/models/0/verdicts/2").asString()).isEqualTo("not_judged");
        assertThat(ImageIO.read(folder.resolve("first-prompts.png").toFile()).getWidth())
                .isEqualTo(12 + 6 * 268);
    }

    private static ExamReport report() {
        List<ExamQuestion> questions = List.of(
                new ExamQuestion("shop", "a red mug", "mug"),
                new ExamQuestion("film", "a fox", "fox"),
                new ExamQuestion("film", "a teapot of fog", ""));
        return new ExamReport(
                Exam.FIRST_PROMPTS,
                7,
                "a judge",
                Map.of(),
                questions,
                List.of(
                        answers("old", Verdict.RIGHT, Verdict.WRONG, Verdict.NOT_JUDGED),
                        answers("new", Verdict.RIGHT, Verdict.RIGHT, Verdict.NOT_JUDGED)));
    }

    private static ExamReport.Answers answers(String model, Verdict... verdicts) {
        return new ExamReport.Answers(
                model,
                List.of(verdicts).stream()
                        .map(verdict -> new ExamReport.Answer(PICTURE, verdict, verdict == Verdict.WRONG ? "dog" : ""))
                        .toList());
    }

    @Test
    void aReadingCommandIsAskedForItsLanguagesAndReadsLineByLine() throws IOException {
        Path command = folder.resolve("reader");
        Files.writeString(command, """
                #!/bin/sh
                if [ "$1" = --list-langs ]; then printf 'List of available languages (2):\\neng\\nosd\\n'; exit 0; fi
                test -s "$1" || exit 3
                printf 'Noise\\n\\n vel-vet! \\n'
                """);
        assertThat(command.toFile().setExecutable(true)).isTrue();

        Tesseract tesseract = Tesseract.find(command.toString());

        assertThat(tesseract.scripts()).isEqualTo(Set.of(Script.LATIN));
        assertThat(tesseract.read(PICTURE, Script.LATIN)).containsExactly("NOISE", "VELVET");
        assertThat(Tesseract.find(folder.resolve("missing").toString()).scripts())
                .isEmpty();
    }

    @Test
    void aProbeOfManyNounsHasMoreToLearnFrom() {
        assertThat(ProbeSettings.of(WorldConfig.full()).scenes()).isEqualTo(60_000);
        assertThat(ProbeSettings.of(WorldConfig.simple()).scenes()).isEqualTo(8000);
        assertThat(ProbeSettings.of(WorldConfig.full()).withMinutes(20).scenes())
                .isEqualTo(50_000);
        assertThat(ProbeSettings.of(WorldConfig.simple()).withMinutes(20).scenes())
                .isEqualTo(20_000);
    }

    @Test
    void renderedScenesAreKeptAsTheyAre() {
        ProbeScenes scenes = new ProbeScenes(WorldConfig.simple(), 3);
        double[] heard = new double[1];
        try (ProbeStore store = ProbeStore.render(folder, scenes, 5, share -> {
            synchronized (heard) {
                heard[0] = Math.max(heard[0], share);
            }
        })) {
            assertThat(store).hasSize(5);
            assertThat(heard[0]).isEqualTo(1);
            for (int i = 0; i < 5; i++) {
                assertThat(store.get(i).picture().toBytes())
                        .isEqualTo(scenes.scene(i).picture().toBytes());
                assertThat(store.get(i).labels()).isEqualTo(scenes.scene(i).labels());
            }
        }
        assertThat(folder).isEmptyDirectory();
    }
}
