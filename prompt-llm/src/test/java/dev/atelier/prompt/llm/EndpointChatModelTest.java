package dev.atelier.prompt.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.rules.RulePromptEngineer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Spring AI client against a server in this process. */
class EndpointChatModelTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ModelProfile MODEL = ModelProfile.of("big", 1024, 16);
    private static final String GOOD = """
            {"aspect": "", "reason": "One cat.", "shots": [{"prompt": "a sleepy cat", "references": [], "keep": []}]}""";

    private final CountDownLatch finished = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private volatile JsonNode received;
    private volatile String authorization = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        finished.countDown();
        server.stop(0);
        threads.close();
    }

    @Test
    void anAnswerOfTheEndpointBecomesThePlan() {
        answer(200, completion(GOOD));

        GenerationPlan plan = plan(Duration.ofMinutes(2));

        assertThat(plan.reasons()).containsExactly("planned by tiny at 127.0.0.1", "One cat.");
        assertThat(plan.revisedPrompt()).isEqualTo("a sleepy cat");
        assertThat(authorization).isEqualTo("Bearer key-1");
        assertThat(received.at("/model").asString()).isEqualTo("tiny");
        assertThat(received.at("/messages/0/role").asString()).isEqualTo("system");
        assertThat(received.at("/messages/1/content").asString()).contains("\"request\":\"a cat\"");
        assertThat(received.at("/response_format/type").asString()).isEqualTo("json_schema");
        assertThat(received.at("/response_format/json_schema/schema/required").size())
                .isEqualTo(3);
    }

    @Test
    void aSilentEndpointIsLeftAfterTheDeadline() {
        server.createContext("/v1/chat/completions", exchange -> {
            try {
                finished.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });

        assertThat(plan(Duration.ofMillis(200)).reasons())
                .hasSize(2)
                .startsWith("planned by rules")
                .last()
                .asString()
                .startsWith("tiny at 127.0.0.1 was not used: ");
    }

    @Test
    void errorsAndMalformedBodiesAreReplacedByTheRules() {
        answer(500, "{\"error\": {\"message\": \"key-1 is broken\"}}");
        assertThat(plan(Duration.ofMinutes(2)).reasons())
                .last()
                .asString()
                .startsWith("tiny at 127.0.0.1 was not used: the endpoint failed")
                .doesNotContain("key-1");

        server.removeContext("/v1/chat/completions");
        answer(200, "<html>not JSON</html>");
        assertThat(plan(Duration.ofMinutes(2)).reasons())
                .last()
                .asString()
                .startsWith("tiny at 127.0.0.1 was not used: ");
    }

    @Test
    void anAnswerOutsideTheSchemaIsReplacedByTheRules() {
        answer(200, completion("{\"plan\": \"a cat\"}"));

        assertThat(plan(Duration.ofMinutes(2)).reasons())
                .last()
                .asString()
                .startsWith("tiny at 127.0.0.1 was not used: its answer breaks the schema");
    }

    /** vLLM, llama.cpp and OpenAI hold an answer to a schema; Ollama's and LM Studio's older ones know less of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            json_schema                          | 2
            json_schema,json_object              | 3
            json_schema,json_object,temperature  | 4
            """)
    void whatAnEndpointRefusesIsAskedForOnceOnly(String refused, int calls) {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/v1/chat/completions", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body);
            boolean refuses = Stream.of(refused.split(",")).anyMatch(word -> body.contains('"' + word + '"'));
            byte[] bytes = (refuses ? "{\"error\": {\"message\": \"not supported\"}}" : completion(GOOD))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(refuses ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        EndpointChatModel model = new EndpointChatModel(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"), "key-1", "tiny");

        for (int i = 0; i < 3; i++) {
            assertThat(model.complete("system", "user", PlanSchema.TEXT, Duration.ofMinutes(2)))
                    .isEqualTo(GOOD);
        }

        assertThat(asked).hasSize(calls + 2);
        assertThat(asked).last().asString().doesNotContain(refused.split(","));
    }

    @Test
    void onlyHttpUrlsAreTaken() {
        assertThatThrownBy(() -> new EndpointChatModel(URI.create("file:///etc/passwd"), "k", "m"))
                .hasMessage("baseUrl: file:///etc/passwd is no http or https URL");
    }

    private GenerationPlan plan(Duration timeout) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        ChatModel model = new EndpointChatModel(base, "key-1", "tiny");
        return new LanguageModelPromptEngineer(model, new RulePromptEngineer(), timeout)
                .plan(GenerationRequest.of("big", "a cat"), MODEL);
    }

    private void answer(int status, String body) {
        server.createContext("/v1/chat/completions", exchange -> {
            received = JSON.readTree(exchange.getRequestBody().readAllBytes());
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            send(exchange, status, body);
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String completion(String content) {
        return """
                {"id": "c1", "object": "chat.completion", "created": 1, "model": "tiny",
                 "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                 "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}""".formatted(JSON.writeValueAsString(Map.of("c", content)).replaceFirst("^\\{\"c\":(.*)}$", "$1"));
    }
}
