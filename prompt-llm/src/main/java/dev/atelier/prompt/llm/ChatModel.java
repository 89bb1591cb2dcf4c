package dev.atelier.prompt.llm;

import java.time.Duration;

/** A language model that answers one question. Implementations are safe to call from any thread. */
public interface ChatModel extends AutoCloseable {
    /** What it is called in a plan's reasons. */
    String name();

    /**
     * Answers {@code user} under the instructions {@code system}.
     *
     * @param jsonSchema what the answer should look like; a model that cannot be held to it may ignore it
     * @param timeout after which nobody waits for the answer any more
     * @return the answer's text, untrusted
     * @throws ChatModelException when there is no answer within the time or at all
     */
    String complete(String system, String user, String jsonSchema, Duration timeout);

    /** Gives back what it holds; nothing, unless it says otherwise. */
    @Override
    default void close() {}
}
