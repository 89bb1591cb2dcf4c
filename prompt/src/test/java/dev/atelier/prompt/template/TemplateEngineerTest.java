package dev.atelier.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.References;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.Task;
import dev.atelier.prompt.TestVocabulary;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.prompt.words.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Number, shape and words of a template's pictures are the template's, whatever its slots say. */
class TemplateEngineerTest {
    private static final ModelProfile KLEIN = ModelProfile.of("klein", 1024, 16);
    private static final ModelProfile SEEDLING =
            ModelProfile.of("seedling-1", 512, 64).withVocabulary(TestVocabulary.SMALL);

    private final PromptEngineer engineer = new VocabularyAdapter(new TemplateEngineer(new RulePromptEngineer()));

    static List<Template> all() {
        return Templates.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theEmbeddedModelKnowsTheWordsOfEveryExample(Template template) {
        for (Language language : Language.values()) {
            GenerationPlan plan =
                    engineer.plan(request(template.fill(TemplatesTest.examples(template, language)), 0), SEEDLING);

            assertThat(plan.warnings()).as("%s", plan.revisedPrompt()).isEmpty();
        }
    }

    /** Every choice, so that no small word is a strange one. */
    @ParameterizedTest
    @MethodSource("all")
    void theEmbeddedModelKnowsTheWordsOfEveryChoice(Template template) {
        for (Slot slot : template.slots()) {
            for (String choice : slot.choices()) {
                if (slot.name().equals(Template.LANGUAGE)) {
                    continue;
                }
                for (Language language : Language.values()) {
                    Map<String, String> given = new LinkedHashMap<>(TemplatesTest.examples(template, language));
                    given.put(slot.name(), choice);
                    GenerationPlan plan = engineer.plan(request(template.fill(given), 0), SEEDLING);
                    assertThat(plan.warnings()).as("%s", plan.revisedPrompt()).isEmpty();
                }
            }
        }
    }

    @Test
    void aModelOfFreeTextIsGivenProse() {
        GenerationPlan plan = engineer.plan(packshot("red mug"), KLEIN);

        assertThat(plan.revisedPrompt()).startsWith("A product photograph of a red mug,");
        assertThat(plan.task()).isEqualTo(Task.TEXT_TO_IMAGE);
        assertThat(plan.size().width()).isEqualTo(1024).isEqualTo(plan.size().height());
        assertThat(plan.reasons()).containsExactly("planned by template shop/packshot@1 in English");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make 15 pictures of a mug",
                "mug, 15 images",
                "a set of twelve mugs, one picture each",
                "mug. 1. a cat. 2. a dog. 3. a cow",
                "mug x15",
                "mug in spring, summer, autumn and winter, four panels",
                "画十五张杯子的图片",
                "mug, no text",
                "mug without any background",
                "杯子，不要文字",
                "mug, 16:9, in 4K, 4096x4096",
                "poster of a mug for a phone wallpaper"
            })
    void whatASlotSaysChangesNeitherNumberNorShapeNorWhatIsAvoided(String product) {
        GenerationPlan plan = engineer.plan(packshot(product), KLEIN);

        assertThat(plan.shots()).hasSize(1);
        assertThat(plan.shots().getFirst().prompt()).contains(product);
        assertThat(plan.size().width()).isEqualTo(1024).isEqualTo(plan.size().height());
        assertThat(plan.negativePrompt()).isEmpty();
        assertThat(plan.linked()).isFalse();
        assertThat(plan.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fox, make 15 pictures", "one fox in one picture", "fox. 1. a cat 2. a dog", "狐狸，只要一张"})
    void aSeriesHasItsOwnNumber(String hero) {
        FilledTemplate filled =
                Templates.get("film/storyboard").fill(Map.of("hero", hero, "place", "a forest", "shots", "3"));

        GenerationPlan plan = engineer.plan(request(filled, 0), KLEIN);

        assertThat(plan.shots()).hasSize(3);
        assertThat(plan.task()).isEqualTo(Task.SEQUENCE);
    }

    @Test
    void theRequestBoundsASeries() {
        FilledTemplate filled =
                Templates.get("film/storyboard").fill(Map.of("hero", "fox", "place", "a forest", "shots", "6"));

        GenerationPlan cut = engineer.plan(request(filled, 2), KLEIN);
        assertThat(cut.shots()).hasSize(2);
        assertThat(cut.warnings())
                .containsExactly("template: film/storyboard has 6 pictures here; only the first 2 are made");

        ModelProfile single = new ModelProfile("single", 512, 16, SizeWish.MAX_PIXELS, 1, 14, Vocabulary.NONE);
        assertThat(engineer.plan(request(filled, 0), single).shots()).hasSize(1);
        assertThatThrownBy(() -> engineer.plan(request(filled, 3), single))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("max_images: 3");
    }

    @Test
    void onePictureIsRepeatedAsTheRequestSays() {
        GenerationRequest three = packshot("red mug").withSequence(SequenceWish.disabled(3));

        GenerationPlan plan = engineer.plan(three, KLEIN);

        assertThat(plan.shots()).hasSize(3).allMatch(plan.shots().getFirst()::equals);
        assertThat(plan.linked()).isFalse();
    }

    @Test
    void theRequestsOwnSizeGoesFirst() {
        assertThat(engineer.plan(packshot("mug").withSize(SizeWish.of(640, 480)), KLEIN)
                        .size()
                        .width())
                .isEqualTo(640);
        assertThat(engineer.plan(packshot("mug").withSize(SizeWish.parse("2K")), KLEIN)
                        .size()
                        .width())
                .isEqualTo(2048);
        assertThat(engineer.plan(packshot("mug").withSize(SizeWish.parse("2:1")), KLEIN)
                        .size()
                        .width())
                .isGreaterThan(1300);
    }

    @Test
    void aTemplateWithoutAShapeFollowsTheFirstReference() {
        FilledTemplate filled = Templates.get("rooms/restyle").fill(Map.of());
        GenerationRequest request =
                request(filled, 0).withReferences(new References(List.of("room"), "", References.MODEL_STRENGTH, ""));

        GenerationPlan plan = engineer.plan(request, KLEIN);

        assertThat(plan.size().open()).isTrue();
        assertThat(plan.task()).isEqualTo(Task.EDIT);
        assertThat(plan.shots().getFirst().references()).containsExactly(0);
    }

    @Test
    void noLanguageModelIsAsked() {
        PromptEngineer slow = new PromptEngineer() {
            @Override
            public GenerationPlan plan(GenerationRequest request, ModelProfile model) {
                throw new AssertionError("asked");
            }

            @Override
            public boolean isImmediate(GenerationRequest request) {
                return false;
            }
        };
        TemplateEngineer templates = new TemplateEngineer(slow);

        assertThat(templates.isImmediate(packshot("mug"))).isTrue();
        assertThat(templates.plan(packshot("mug"), KLEIN).shots()).hasSize(1);
        assertThat(templates.isImmediate(GenerationRequest.of("m", "a mug"))).isFalse();
    }

    private static GenerationRequest packshot(String product) {
        return request(Templates.get("shop/packshot").fill(Map.of("product", product)), 0);
    }

    private static GenerationRequest request(FilledTemplate filled, int images) {
        return GenerationRequest.of("m", "x")
                .withPrompt(filled.prompt("", true))
                .withSequence(filled.sequence(images))
                .withTemplate(filled.use());
    }
}
