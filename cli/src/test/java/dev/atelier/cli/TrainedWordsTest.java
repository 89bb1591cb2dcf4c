package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.prompt.words.Vocabulary;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.WordTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the trainer writes of a model's words is what the planner reads. */
class TrainedWordsTest {
    @TempDir
    Path folder;

    private ModelProfile model;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve(Vocabulary.FILE), WordTable.text(true));
        model = ModelProfile.of("small", 512, 16).withVocabulary(Vocabulary.ofModel(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a stallion by a pond | a horse by a lake",
                "two spaniels | two dogs",
                "a dog and a cat, oil painting | a dog and a cat, oil painting",
                "一辆小轿车 | 一辆汽车"
            })
    void wordsThatTheTrainerKnowsReachThePlanner(String prompt, String revised) {
        assertThat(plan(prompt).revisedPrompt()).isEqualTo(revised);
    }

    @Test
    void whatIsReplacedIsAmongTheReasonsAndWhatIsNotKnownIsNamed() {
        GenerationPlan plan = plan("a stallion and a xylophonist");

        assertThat(plan.reasons()).last().isEqualTo("in words that small knows: stallion → horse");
        assertThat(plan.warnings()).last().isEqualTo("xylophonist: not known to small; drawn without");
    }

    @Test
    void aTrainingOnTheWorldKnowsItsWords() {
        assertThat(new WorldSource(World.of(WorldConfig.full()), 1).vocabulary())
                .contains("[english]", "[chinese]");
    }

    private GenerationPlan plan(String prompt) {
        return new VocabularyAdapter(new RulePromptEngineer()).plan(GenerationRequest.of("small", prompt), model);
    }
}
