package dev.atelier.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.LanguageModel;
import dev.atelier.engine.text.TokenSampling;
import dev.atelier.engine.text.Writing;
import dev.atelier.engine.text.Written;
import dev.atelier.engine.text.grammar.GrammarState;
import dev.atelier.engine.text.grammar.JsonGrammar;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** On the engine's small Qwen3 with random weights, whose answers are never a plan. */
class LocalChatModelTest {
    private static final Path SMALL = Path.of("..", "engine", "src", "test", "resources", "parity", "klein-small");
    private static final List<String> BEGUN = List.of(
            "",
            "{\"aspect\":\"",
            "{\"aspect\":\"\",\"reason\":\"",
            "{\"aspect\":\"\",\"reason\":\"\",\"shots\":[{\"prompt\":\"a",
            "{\"aspect\":\"\",\"reason\":\"\",\"shots\":[{\"prompt\":\"a\",\"references\":[",
            "{\"aspect\":\"\",\"reason\":\"\",\"shots\":[{\"prompt\":\"a\",\"references\":[],\"keep\":[",
            "{\"aspect\":\"\",\"reason\":\"\",\"shots\":[{\"prompt\":\"a\",\"references\":[],\"keep\":[]}");
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void theSameQuestionGetsTheSameAnswer() {
        try (LocalChatModel model = LocalChatModel.open(SMALL, Device.CPU, 64)) {
            String answer = model.complete("Answer in JSON.", "a fox", PlanSchema.TEXT, LONG);

            assertThat(answer).isNotEmpty();
            assertThat(model.complete("Answer in JSON.", "a fox", PlanSchema.TEXT, LONG))
                    .isEqualTo(answer);
        }
    }

    @Test
    void writingStopsAtTheDeadline() {
        try (LocalChatModel model = LocalChatModel.open(SMALL, Device.CPU, 64)) {
            assertThat(model.complete("Answer in JSON.", "a fox", PlanSchema.TEXT, Duration.ofNanos(1)))
                    .isEmpty();
        }
    }

    @Test
    void anAnswerThatIsNoPlanIsReplacedByTheRules() {
        try (LocalChatModel model = LocalChatModel.open(SMALL, Device.CPU, 64)) {
            GenerationPlan plan = new LanguageModelPromptEngineer(model, new RulePromptEngineer(), LONG)
                    .plan(GenerationRequest.of("m", "two images of a fox"), ModelProfile.of("m", 512, 16));

            assertThat(plan.shots()).hasSize(2);
            assertThat(plan.reasons()).last().asString().startsWith("Qwen3 in klein-small was not used: its answer");
        }
    }

    /** Random weights write random text; the grammar makes a plan of it, however short it is cut. */
    @Test
    void aThousandAnswersAllParse() throws RejectedAnswerException {
        GrammarState grammar = JsonGrammar.of(PlanSchema.TEXT);
        List<ChatTurn> turns = List.of(new ChatTurn(ChatTurn.Role.USER, "a fox"));
        Set<String> answers = new HashSet<>();
        try (LanguageModel model = LanguageModel.open(SMALL, Device.CPU)) {
            for (int k = 0; k < 1000; k++) {
                // Hotter with every try; a few tokens each, because each costs a run of the model, from where plans
                // differ.
                TokenSampling sampling = new TokenSampling(k / 250.0, 1, 0, k);
                String begun = BEGUN.get(k % BEGUN.size());
                GrammarState place = grammar.after(begun.getBytes(StandardCharsets.UTF_8));
                int tokens = k % 100 == 99 ? 60 : 1 + k % 4;
                Written written = model.write(turns, new Writing(tokens, sampling, place, () -> false, _ -> {}));

                String text = begun + written.text();
                PlanAnswer answer = PlanSchema.read(text);
                assertThat(answer.shots()).isNotEmpty().hasSizeLessThanOrEqualTo(15);
                assertThat(text).startsWith("{").endsWith("}");
                answers.add(text);
            }
        }
        assertThat(answers).as("different answers").hasSizeGreaterThan(200);
    }

    @Test
    void everythingNativeIsGivenBack() {
        LocalChatModel.open(SMALL, Device.CPU, 64).close();
        long before = Pointer.totalCount();

        try (LocalChatModel model = LocalChatModel.open(SMALL, Device.CPU, 64)) {
            model.complete("Answer.", "a fox", PlanSchema.TEXT, LONG);
        }

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    @Test
    void aFolderWithoutAModelIsNamed() {
        assertThatThrownBy(() -> LocalChatModel.open(Path.of("..", "engine"), Device.CPU))
                .hasMessageContaining("config.json");
    }
}
