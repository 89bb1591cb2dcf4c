package dev.atelier.prompt.llm;

import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnprocessableEntityException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Any endpoint that speaks OpenAI's chat completions, through Spring AI. */
public final class EndpointChatModel implements ChatModel {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointChatModel.class);
    private static final int MAX_ANSWER_TOKENS = 4096;

    /** How an answer is asked for, the strictest first; endpoints differ in what they refuse. */
    private enum Strictness {
        SCHEMA("for JSON of a schema"),
        OBJECT("for a JSON object"),
        INSTRUCTIONS("by instructions alone"),
        /** Some models take no temperature, and count their thinking: {@code max_completion_tokens}. */
        BARE("by instructions alone, without a temperature");

        private final String label;

        Strictness(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private final String name;
    private final OpenAiChatOptions options;
    private final OpenAiChatModel client;
    private volatile Strictness strictness = Strictness.SCHEMA;

    /**
     * @param baseUrl up to and including the version, such as {@code http://localhost:11434/v1}
     * @param apiKey sent as a bearer token; never logged
     * @param model the endpoint's name for the language model
     */
    public EndpointChatModel(URI baseUrl, String apiKey, String model) {
        if (!("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme())) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("baseUrl: " + baseUrl + " is no http or https URL");
        }
        name = model + " at " + baseUrl.getHost();
        options = OpenAiChatOptions.builder()
                .baseUrl(baseUrl.toString())
                .apiKey(apiKey)
                .model(model)
                .temperature(0.0)
                .maxTokens(MAX_ANSWER_TOKENS)
                .maxRetries(0)
                .build();
        client = OpenAiChatModel.builder().options(options).build();
    }

    @Override
    public String name() {
        return name;
    }

    /** Where the endpoint refuses to hold the answer to the schema, it is asked for less, which is remembered once it works. */
    @Override
    public String complete(String system, String user, String jsonSchema, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Message> messages = List.of(new SystemMessage(system), new UserMessage(user));
        Strictness tried = strictness;
        while (true) {
            try {
                Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                String text = text(client.call(new Prompt(messages, options(tried, jsonSchema, left))));
                if (strictness != tried) {
                    LOG.info("{} refused stricter requests; from now on it is asked {}", name, tried);
                    strictness = tried;
                }
                return text;
            } catch (BadRequestException | UnprocessableEntityException e) {
                if (tried == Strictness.BARE) {
                    throw new ChatModelException(
                            "the endpoint failed: " + e.getClass().getSimpleName(), e);
                }
                tried = Strictness.values()[tried.ordinal() + 1];
            } catch (OpenAIException e) {
                throw new ChatModelException(
                        "the endpoint failed: " + e.getClass().getSimpleName(), e);
            }
        }
    }

    private static String text(ChatResponse response) {
        String text = response.getResult() == null
                ? null
                : response.getResult().getOutput().getText();
        if (text == null || text.isBlank()) {
            throw new ChatModelException("an empty answer", null);
        }
        return text;
    }

    private OpenAiChatOptions options(Strictness asked, String jsonSchema, Duration timeout) {
        OpenAiChatOptions.Builder bounded = options.mutate().timeout(timeout);
        return switch (asked) {
            case SCHEMA ->
                bounded.responseFormat(ResponseFormat.builder()
                                .type(ResponseFormat.Type.JSON_SCHEMA)
                                .jsonSchema(jsonSchema)
                                .build())
                        .build();
            case OBJECT ->
                bounded.responseFormat(ResponseFormat.builder()
                                .type(ResponseFormat.Type.JSON_OBJECT)
                                .build())
                        .build();
            case INSTRUCTIONS -> bounded.build();
            case BARE ->
                bounded.temperature(null)
                        .maxTokens(null)
                        .maxCompletionTokens(MAX_ANSWER_TOKENS)
                        .build();
        };
    }
}
