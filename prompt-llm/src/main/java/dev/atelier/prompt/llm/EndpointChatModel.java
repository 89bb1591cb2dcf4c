package dev.atelier.prompt.llm;

import com.openai.errors.OpenAIException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Any endpoint that speaks OpenAI's chat completions, through Spring AI. */
public final class EndpointChatModel implements ChatModel {
    private static final int MAX_ANSWER_TOKENS = 4096;

    private final String name;
    private final OpenAiChatOptions options;
    private final OpenAiChatModel client;

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

    @Override
    public String complete(String system, String user, String jsonSchema, Duration timeout) {
        ResponseFormat format = ResponseFormat.builder()
                .type(ResponseFormat.Type.JSON_SCHEMA)
                .jsonSchema(jsonSchema)
                .build();
        OpenAiChatOptions bounded =
                options.mutate().timeout(timeout).responseFormat(format).build();
        try {
            ChatResponse response =
                    client.call(new Prompt(List.of(new SystemMessage(system), new UserMessage(user)), bounded));
            String text = response.getResult() == null
                    ? null
                    : response.getResult().getOutput().getText();
            if (text == null || text.isBlank()) {
                throw new ChatModelException("an empty answer", null);
            }
            return text;
        } catch (OpenAIException e) {
            throw new ChatModelException("the endpoint failed: " + e.getClass().getSimpleName(), e);
        }
    }
}
