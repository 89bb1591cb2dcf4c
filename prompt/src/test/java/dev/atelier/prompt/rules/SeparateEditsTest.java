package dev.atelier.prompt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeparateEditsTest {
    private static final ModelProfile MODEL = ModelProfile.of("seedling-1", 512, 16);

    @Test
    void oneWishForAllIsAnEditOfEachReferenceThatKnowsNoOther() {
        GenerationPlan plan = plan("make both pictures night", SequenceWish.auto());

        assertThat(plan.task()).isEqualTo(Task.EDIT);
        assertThat(plan.linked()).isFalse();
        assertThat(plan.mixed()).isTrue();
        assertThat(plan.shots()).extracting(Shot::references).containsExactly(List.of(0), List.of(1));
        assertThat(plan.shots()).extracting(Shot::prompt).containsOnly("make both pictures night");
        assertThat(plan.reasons()).contains("2 pictures: every reference is changed by itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        make image 1 night and image 2 day                          | make image 1 night;make image 2 day
        Please turn image 1 into a sketch, and image 2 into a mosaic | turn image 1 into a sketch;turn image 2 into a mosaic
        Change the sky of image 2 to pink. Remove the car from image 1. | Change the sky of image 2 to pink;Remove the car from image 1
        make the first photo warmer and the second photo colder; keep the faces | make the first photo warmer. keep the faces;make the second photo colder. keep the faces
        图1改成夜景，图2换成雪景                                      | 图1改成夜景;图2换成雪景
        把图1的背景换成海滩，把图2的天空变成粉色。人物不变               | 把图1的背景换成海滩。人物不变;把图2的天空变成粉色。人物不变
        """)
    void oneWishForEachIsAnEditOfEachReference(String prompt, String prompts) {
        GenerationPlan plan = plan(prompt, SequenceWish.auto());

        assertThat(plan.task()).isEqualTo(Task.EDIT);
        assertThat(plan.shots()).extracting(Shot::prompt).isEqualTo(Arrays.asList(prompts.split(";")));
        assertThat(plan.shots())
                .extracting(shot -> shot.references().size())
                .containsOnly(1)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make image 1 the background and image 2 the subject",
                "turn image 1 into a poster in the style of image 2",
                "combine image 1 and image 2",
                "apply the style of image 1 to image 2",
                "remove the man from image 1 and add him to image 2",
                "put the bag from image 1 on the woman in image 2",
                "把图1的人换到图2的背景里",
                "让图1的人穿上图2的衣服"
            })
    void picturesThatComeTogetherAreOne(String prompt) {
        GenerationPlan plan = plan(prompt, SequenceWish.auto());

        assertThat(plan.task()).isEqualTo(Task.COMPOSE);
        assertThat(plan.shots())
                .singleElement()
                .satisfies(shot -> assertThat(shot.references()).containsExactly(0, 1));
    }

    @Test
    void aStoryOfSeveralReferencesStaysASequence() {
        GenerationPlan plan =
                plan("Shot 1: the dog from image 1 runs. Shot 2: the cat from image 2 sleeps.", SequenceWish.auto());

        assertThat(plan.task()).isEqualTo(Task.SEQUENCE);
        assertThat(plan.linked()).isTrue();
    }

    @Test
    void aBoundOnThePicturesLeavesTheFirstEdits() {
        GenerationPlan plan = plan("make both pictures night", SequenceWish.auto(1));

        assertThat(plan.shots()).hasSize(1);
        assertThat(plan.warnings()).contains("the words ask for 2 pictures; only the first 1 are made");
    }

    private static GenerationPlan plan(String prompt, SequenceWish wish) {
        return new RulePromptEngineer()
                .plan(
                        GenerationRequest.of("seedling-1", prompt)
                                .withReferences(References.of(List.of("a", "b")))
                                .withSequence(wish),
                        MODEL);
    }
}
