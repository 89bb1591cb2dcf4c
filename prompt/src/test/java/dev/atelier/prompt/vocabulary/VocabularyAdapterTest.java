package dev.atelier.prompt.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.TestVocabulary;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.words.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyAdapterTest {
    private static final ModelProfile MODEL =
            ModelProfile.of("seedling-1", 512, 16).withVocabulary(TestVocabulary.SMALL);
    private final VocabularyAdapter adapter = new VocabularyAdapter(new RulePromptEngineer());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A corgi by a pond at sundown | A dog by a lake at sunset",
                "two corgis and a hot-air balloon | two dogs and a hot air balloon",
                "an evergreens path | pine trees path",
                "a parasol on the beach | an umbrella on the seaside",
                "a hot air balloon over rolling hills | a hot air balloon over rolling hills",
                "a sign that says \"corgi pond\" near a creek | a sign that says \"corgi pond\" near a river",
                "a catalog and a doghouse | a catalog and a doghouse",
                "柯基在池塘边 | 狗在湖边",
                "雪山脚下的湖 | 冬天的群山脚下的湖",
                "a lake below snowy mountains | a lake below mountains in winter",
                "大熊猫和猫咪 | 熊猫和猫",
                "写着“池塘”的牌子 | 写着“池塘”的牌子",
            })
    void wishesAreSaidInWordsThatTheModelKnows(String prompt, String revised) {
        assertThat(plan(prompt).revisedPrompt()).isEqualTo(revised);
    }

    @Test
    void replacedWordsAreReported() {
        GenerationPlan plan = plan("two images of a corgi by a pond");

        assertThat(plan.shots()).extracting(Shot::prompt).containsExactly("a dog by a lake", "a dog by a lake");
        assertThat(plan.reasons()).last().isEqualTo("in words that seedling-1 knows: corgi → dog, pond → lake");
        assertThat(plan.warnings()).containsExactly("corgi → dog, pond → lake: said in words that seedling-1 knows");
    }

    @Test
    void wordsThatMeanTheSameNeedNoWarning() {
        GenerationPlan plan = plan("a kitty at noon");

        assertThat(plan.revisedPrompt()).isEqualTo("a cat at midday");
        assertThat(plan.reasons()).last().isEqualTo("in words that seedling-1 knows: kitty → cat, noon → midday");
        assertThat(plan.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a meadow | meadow",
                "a kettle on a table | kettle, table",
                "a hare and a toad | hare, toad",
                "a stool | stool",
                "spruce trees | spruce, trees",
                "a lake shore | shore",
                "earbuds | earbuds",
                "Snow White in a forest | Snow",
                "草原 | 草原",
                "水壶 | 水壶",
                "雪松 | 雪松",
                "凳子 | 凳子",
            })
    void anotherThingIsNotDrawnInItsPlace(String prompt, String unknown) {
        GenerationPlan plan = plan(prompt);

        assertThat(plan.revisedPrompt()).isEqualTo(prompt);
        assertThat(plan.warnings()).containsExactly(unknown + ": not known to seedling-1; drawn without");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "an astronaut riding a bicycle on the beach | astronaut, bicycle",
                "宇航员骑着自行车 | 宇航员, 自行车",
                "a sign that says \"dinosaur\" and a dragon | dragon",
                "four pictures of a cat and a submarine | submarine",
            })
    void whatTheModelCannotDrawIsNamed(String prompt, String unknown) {
        assertThat(plan(prompt).warnings()).last().isEqualTo(unknown + ": not known to seedling-1; drawn without");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a happy red cat standing by a lake at sunset, oil painting",
                "four panels of a fox through the seasons",
                "一只红色的猫在湖边，油画",
                "a quiet lighthouse by the sea, clear sky, highly detailed, 4k",
            })
    void aWishInTheModelsWordsHasNoWarnings(String prompt) {
        assertThat(plan(prompt).warnings()).isEmpty();
    }

    @Test
    void nothingIsReplacedWithoutExpansionOrVocabulary() {
        GenerationRequest request = GenerationRequest.of("m", "a corgi by a pond");

        assertThat(adapter.plan(request, MODEL.withVocabulary(Vocabulary.NONE)).revisedPrompt())
                .isEqualTo("a corgi by a pond");
        assertThat(adapter.plan(request.withPrompt(new Prompt("a corgi by a pond", "", false)), MODEL)
                        .revisedPrompt())
                .isEqualTo("a corgi by a pond");
    }

    private GenerationPlan plan(String prompt) {
        return adapter.plan(GenerationRequest.of("seedling-1", prompt), MODEL);
    }
}
