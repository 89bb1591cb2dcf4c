package dev.atelier.prompt.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.Task;
import dev.atelier.prompt.words.Vocabulary;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePromptEngineerTest {
    private static final ModelProfile MODEL = ModelProfile.of("seedling-1", 512, 16);
    private final RulePromptEngineer engineer = new RulePromptEngineer();

    @Test
    void aSequenceNamesTheWholeSubjectInEveryShot() {
        GenerationPlan plan = plan("Four panels of a red fox in a birch forest through the seasons, watercolor style");

        assertThat(plan.task()).isEqualTo(Task.SEQUENCE);
        assertThat(plan.linked()).isTrue();
        assertThat(plan.shots())
                .extracting(Shot::prompt)
                .containsExactly(
                        "a red fox in a birch forest in spring, watercolor style",
                        "a red fox in a birch forest in summer, watercolor style",
                        "a red fox in a birch forest in autumn, watercolor style",
                        "a red fox in a birch forest in winter, watercolor style");
        assertThat(plan.shots().getFirst().keep()).containsExactly("subject", "palette", "style");
        assertThat(plan.reasons())
                .containsExactly("planned by rules", "4 pictures: the prompt has \"through the seasons\"");
        assertThat(plan.revisedPrompt()).startsWith("1. a red fox in a birch forest in spring");
    }

    @Test
    void aStoryCarriesItsSubjectIntoEveryShot() {
        assertThat(plan("Storyboard: 1. A knight leaves the castle. 2. He meets a dragon. Ink drawing style.")
                        .shots())
                .extracting(Shot::prompt)
                .containsExactly(
                        "A knight leaves the castle. Ink drawing style", "A knight meets a dragon. Ink drawing style");
    }

    @Test
    void maxImagesBoundsAutoAndReferencesTakeTheirShare() {
        String prompt = "20 images of a rose";
        assertThat(plan(prompt).shots()).hasSize(15);
        assertThat(engineer.plan(request(prompt).withSequence(SequenceWish.auto(4)), MODEL)
                        .shots())
                .hasSize(4);
        assertThat(engineer.plan(request(prompt).withReferences(references(5)), MODEL)
                        .shots())
                .hasSize(10);
        ModelProfile eight = new ModelProfile("small", 512, 16, SizeWish.MAX_PIXELS, 8, 4, Vocabulary.NONE);
        assertThat(engineer.plan(request(prompt), eight).shots()).hasSize(8);
    }

    @Test
    void autoMakesOnePictureWhenThePromptAsksForOne() {
        assertThat(engineer.plan(request("two cats").withSequence(SequenceWish.auto(6)), MODEL)
                        .shots())
                .hasSize(1);
    }

    @Test
    void disabledMakesCopiesOfTheWholePrompt() {
        GenerationPlan plan = engineer.plan(
                request("four panels of a fox through the seasons").withSequence(SequenceWish.disabled(3)), MODEL);

        assertThat(plan.task()).isEqualTo(Task.TEXT_TO_IMAGE);
        assertThat(plan.linked()).isFalse();
        assertThat(plan.shots())
                .extracting(Shot::prompt)
                .isEqualTo(Collections.nCopies(3, "four panels of a fox through the seasons"));
    }

    @Test
    void withoutExpansionShotsKeepThePromptAsItIs() {
        Prompt prompt = new Prompt("three images of a cat", "", false);

        assertThat(engineer.plan(request("x").withPrompt(prompt), MODEL).shots())
                .extracting(Shot::prompt)
                .containsExactly("three images of a cat", "three images of a cat", "three images of a cat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "three posters with the words \"2 for 1,  in 4K\", in spring, summer and autumn",
                "三张海报，写着“四张 图片，  16:9”，春天、夏天、秋天",
                "3 logos for 'Front & Back', red, blue and green versions"
            })
    void quotedTextComesThroughUnchanged(String prompt) {
        String quotation = PromptWords.quotations(prompt).getFirst();

        assertThat(plan(prompt).shots())
                .hasSize(3)
                .allSatisfy(shot -> assertThat(shot.prompt()).contains(quotation));
    }

    @ParameterizedTest
    @CsvSource({
        "'a poster of an owl', 416, 624",
        "'a poster of an owl, 4K', 3344, 5008",
        "'an owl', 512, 512",
        "'an owl at 1920x1080', 1920, 1072"
    })
    void wordsGiveTheSizeInMultiplesOfTheModel(String prompt, int width, int height) {
        PlannedSize size = plan(prompt).size();

        assertThat(List.of(size.width(), size.height())).containsExactly(width, height);
    }

    @Test
    void aSizeInWordsThatIsCutDownIsTold() {
        assertThat(plan("an owl at 1920x1080").reasons())
                .contains("size 1920x1080: the prompt names it; drawn as 1920x1072");
        assertThat(plan("an owl at 1920x1088").reasons()).contains("size 1920x1088: the prompt names it");
    }

    @Test
    void theRequestsOwnSizeGoesBeforeThePromptsWords() {
        GenerationRequest request = request("a poster of an owl in 4K");

        assertThat(engineer.plan(request.withSize(SizeWish.of(1000, 600)), MODEL)
                        .size())
                .isEqualTo(new PlannedSize(1000, 600, 600_000, 16));
        assertThat(engineer.plan(request.withSize(SizeWish.parse("2K")), MODEL).size())
                .isEqualTo(new PlannedSize(1664, 2496, 2048 * 2048, 16));
    }

    @Test
    void anOpenSizeFollowsTheFirstReference() {
        GenerationPlan plan = engineer.plan(request("make it snow, 2K").withReferences(references(1)), MODEL);

        assertThat(plan.size().open()).isTrue();
        assertThat(plan.size().like(300, 200)).isEqualTo(new PlannedSize(2496, 1664, 2048 * 2048, 16));
        assertThat(plan.shots().getFirst().keep()).containsExactly("everything else");
    }

    @Test
    void whatTheModelCannotDoIsNamed() {
        ModelProfile small = new ModelProfile("small", 512, 16, 1_048_576, 4, 2, Vocabulary.NONE);

        assertThatThrownBy(() -> engineer.plan(request("a").withSize(SizeWish.of(2048, 2048)), small))
                .hasMessage("size: 2048*2048 is 4,194,304 pixels; model small makes at most 1,048,576");
        assertThatThrownBy(() -> engineer.plan(request("a").withReferences(references(3)), small))
                .hasMessage("images: 3 references; model small takes at most 2");
        assertThatThrownBy(() -> engineer.plan(request("a").withSequence(SequenceWish.auto(5)), small))
                .hasMessage("max_images: 5; model small makes at most 4");
        assertThat(engineer.plan(request("a frog in 4K"), small).size())
                .isEqualTo(new PlannedSize(1024, 1024, 1_048_576, 16));
    }

    @Test
    void whatAPromptExcludesBecomesNegative() {
        Prompt prompt = new Prompt("an empty beach, no people, without any text", "blur", true);

        assertThat(engineer.plan(request("x").withPrompt(prompt), MODEL).negativePrompt())
                .isEqualTo("blur, people, text");
        assertThat(plan("空荡荡的车站，没有人").negativePrompt()).isEqualTo("人");
        assertThat(plan("a no smoking sign").negativePrompt()).isEmpty();
    }

    @Test
    void whatAPromptKeepsIsSaid() {
        GenerationPlan plan = engineer.plan(
                request("Change the dress to red, keep the pose unchanged").withReferences(references(1)), MODEL);

        assertThat(plan.shots().getFirst().keep()).containsExactly("the pose");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"", "1.", "：", "第", "((((", "a:b:c;;;", "1. 2. 3.", "图99", "'", "三张", "4", "x2", "🦊🦊🦊"})
    void strangePromptsArePlannedToo(String prompt) {
        assertThat(plan(prompt).shots())
                .allSatisfy(shot -> assertThat(shot.prompt()).isNotBlank());
        assertThat(engineer.plan(request(prompt).withReferences(references(3)), MODEL)
                        .shots())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a, ",
                "one two three ",
                "第一张",
                "in spring, ",
                "\"",
                "((",
                "4 images ",
                "春、",
                "a:b;",
                "一张",
                "老虎一张",
                "and ",
                "   a",
                "a",
                "图",
                "红色的猫在湖边",
                "one image in ",
                "x4 ",
                "和版",
                "once in ",
                "a cat and ",
                "版、",
                "two boys drawing ",
                "every ",
                "- ",
                "他的"
            })
    void longPromptsOfOnePatternArePlanned(String piece) {
        String prompt = piece.repeat(4000 / piece.length());

        // A guard against patterns whose work explodes with the length, not a measurement.
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThat(plan(prompt).shots()).isNotEmpty());
    }

    private GenerationPlan plan(String prompt) {
        return engineer.plan(request(prompt), MODEL);
    }

    private static GenerationRequest request(String prompt) {
        return GenerationRequest.of("seedling-1", prompt);
    }

    private static References references(int count) {
        return References.of(
                IntStream.rangeClosed(1, count).mapToObj(i -> "upload-" + i).toList());
    }
}
