package dev.atelier.prompt.llm;

import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.LanguageModel;
import dev.atelier.engine.text.TokenSampling;
import java.nio.file.Path;
import java.time.Duration;

/** A {@link LanguageModel} of this process. Calls wait for each other. */
public final class LocalChatModel implements ChatModel {
    private static final int MAX_ANSWER_TOKENS = 2048;

    private final LanguageModel model;
    private final int answerTokens;

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

    @Override
    public String complete(String system, String user, String jsonSchema, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            return model.answer(
                    system, user, answerTokens, TokenSampling.GREEDY, () -> System.nanoTime() - deadline > 0);
        } catch (EngineException e) {
            throw new ChatModelException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
