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

    /**
     * Whether {@link #plan} of this request takes no time worth speaking of. One that asks a language model is not: a service then
     * accepts the request with a plan by rules, and asks for this engineer's later.
     */
    default boolean isImmediate(GenerationRequest request) {
        return true;
    }

    /** Gives back what it holds; nothing, unless it says otherwise. */
    @Override
    default void close() {}
}
