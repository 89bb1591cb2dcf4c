package dev.atelier.prompt;

/** Finds out what a request asks for. Implementations are interchangeable and safe to call from any thread. */
public interface PromptEngineer extends AutoCloseable {
    /**
     * Plans {@code request} for {@code model}. The plan keeps to the request's explicit size and number of images, names every
     * subject of the prompt in some shot and leaves quoted text as it is.
     *
     * @throws InvalidRequestException when the model cannot do what the request demands (field, value and bound are named)
     */
    GenerationPlan plan(GenerationRequest request, ModelProfile model);

    /** Gives back what it holds; nothing, unless it says otherwise. */
    @Override
    default void close() {}
}
