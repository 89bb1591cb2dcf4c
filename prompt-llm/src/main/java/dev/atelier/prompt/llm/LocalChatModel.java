package dev.atelier.prompt.llm;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.ChatTurn;
import dev.atelier.engine.text.LanguageModel;
import dev.atelier.engine.text.Writing;
import dev.atelier.engine.text.grammar.GrammarState;
import dev.atelier.engine.text.grammar.JsonGrammar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** A {@link LanguageModel} of this process, held to the grammar of what it is asked for. Calls wait for each other. */
public final class LocalChatModel implements ChatModel {
    private static final int MAX_ANSWER_TOKENS = 2048;

    private final LanguageModel model;
    private final int answerTokens;
    private final Map<String, GrammarState> grammars = new ConcurrentHashMap<>();

    private LocalChatModel(LanguageModel model, int answerTokens) {
        this.model = model;
        this.answerTokens = answerTokens;
    }

    /**
     * Loads the language model of {@code folder}.
     *
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    public static LocalChatModel open(Path folder, Device device) {
        return open(folder, device, MAX_ANSWER_TOKENS);
    }

    /** @param answerTokens at which an answer ends that has not ended by itself */
    static LocalChatModel open(Path folder, Device device, int answerTokens) {
        return new LocalChatModel(LanguageModel.open(folder, device), answerTokens);
    }

    @Override
    public String name() {
        return "Qwen3 in " + model.name();
    }

    /** The answer fits {@code jsonSchema}, unless time runs out before its end. */
    @Override
    public String complete(String system, String user, String jsonSchema, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<ChatTurn> turns =
                List.of(new ChatTurn(ChatTurn.Role.SYSTEM, system), new ChatTurn(ChatTurn.Role.USER, user));
        GrammarState grammar = grammars.computeIfAbsent(jsonSchema, JsonGrammar::of);
        BooleanSupplier late = () -> System.nanoTime() - deadline > 0;
        try {
            return model.write(turns, Writing.greedy(answerTokens, late).heldTo(grammar))
                    .text();
        } catch (EngineException e) {
            throw new ChatModelException(e.getMessage(), e);
        }
    }

    /** The model itself, for conversations; closed with this. */
    public LanguageModel language() {
        return model;
    }

    @Override
    public void close() {
        model.close();
    }
}
