package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineerArgumentsTest extends CommandLineFixture {
    private static final String LOCAL = "../engine/src/test/resources/parity/klein-small";
    private static final String ANSWER = """
            {"id": "c1", "object": "chat.completion", "created": 1, "model": "tiny", "choices": [{"index": 0,
             "finish_reason": "stop", "message": {"role": "assistant", "content":
             "{\\"aspect\\": \\"\\", \\"reason\\": \\"\\", \\"shots\\": [{\\"prompt\\": \\"a sleepy cat\\", \\"references\\": [], \\"keep\\": []}]}"}}]}
            """;

    private final List<String> keys = new ArrayList<>();
    private HttpServer endpoint;
    private String url;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        Path model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        out = home.resolve("cat.png");
        variables.put("ATELIER_MODEL", "klein");
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/v1/chat/completions", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        endpoint.start();
        url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/v1";
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void anEndpointPlansWhereTheCommandLineNamesOne() {
        variables.put("ATELIER_PROMPT_KEY", "key-1");

        Outcome outcome = run(
                "generate",
                "a cat",
                "--engineer",
                "endpoint",
                "--engineer-url",
                url,
                "--engineer-model",
                "tiny",
                "--engineer-timeout",
                "2m",
                "-o",
                out);

        assertThat(outcome.code()).isZero();
        assertThat(pipeline.requests)
                .singleElement()
                .satisfies(request -> assertThat(request.prompt()).isEqualTo("a sleepy cat"));
        assertThat(keys).containsExactly("Bearer key-1");
        assertThat(outcome.err()).doesNotContain("key-1");
    }

    @Test
    void theEnvironmentSaysWhatTheCommandLineLeavesOut() {
        variables.put("ATELIER_PROMPT_ENGINEER", "endpoint");
        variables.put("ATELIER_PROMPT_URL", url);
        variables.put("ATELIER_PROMPT_MODEL", "tiny");
        variables.put("ATELIER_PROMPT_TIMEOUT", "2m");

        run("generate", "a cat", "-o", out);
        assertThat(run("generate", "a cat", "--engineer", "rules", "-o", out, "--overwrite")
                        .err())
                .doesNotContain("note: --engineer");

        assertThat(pipeline.requests).extracting("prompt").containsExactly("a sleepy cat", "a cat");
        assertThat(keys).hasSize(1);
    }

    @Test
    void aLocalModelThatGivesNoPlanLeavesItToTheRules() {
        Outcome outcome = run(
                "generate",
                "a cat",
                "--engineer",
                "local",
                "--engineer-model",
                LOCAL,
                "--engineer-timeout",
                "1ms",
                "-o",
                out);

        assertThat(outcome.code()).isZero();
        assertThat(pipeline.requests).extracting("prompt").containsExactly("a cat");
        assertThat(outcome.err()).contains("planned by rules; Qwen3 in klein-small was not used: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        --engineer endpoint                                               | --engineer-url: missing; the engineer 'endpoint' needs
        --engineer endpoint --engineer-url here --engineer-model m        | --engineer-url: here is no http or https URL
        --engineer endpoint --engineer-url http://h/v1                    | --engineer-model: missing; the engineer 'endpoint' needs
        --engineer local                                                  | --engineer-model: missing; the engineer 'local' needs
        --engineer magic                                                  | 'magic'
        --engineer-timeout 20                                             | '20' has no unit; say 20s for seconds
        --engineer-timeout soon                                           | 'soon' is no time such as 500ms, 20s or 2m
        --engineer-timeout 0s                                             | --engineer-timeout: PT0S; above 0 expected
        """)
    void aWrongOptionIsNamedBeforeAnyModelIsLoaded(String options, String message) {
        List<Object> words = new ArrayList<>(List.of("generate", "a cat", "-o", out));
        words.addAll(List.of(options.split(" ")));

        Outcome outcome = run(words.toArray());

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message);
        assertThat(pipeline.folder).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ENGINEER | magic | ATELIER_PROMPT_ENGINEER: 'magic' is none of rules, local, endpoint
        TIMEOUT  | 20    | ATELIER_PROMPT_TIMEOUT: '20' has no unit; say 20s for seconds
        """)
    void aWrongVariableIsNamed(String name, String value, String message) {
        variables.put("ATELIER_PROMPT_" + name, value);

        Outcome outcome = run("generate", "a cat", "-o", out);

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void shotsThatAreGivenOneByOneAreNobodysToPlan() {
        variables.put("ATELIER_PROMPT_ENGINEER", "endpoint");
        variables.put("ATELIER_PROMPT_URL", url);
        variables.put("ATELIER_PROMPT_MODEL", "tiny");

        run("sequence", "--shot", "a cat wakes", "--shot", "the cat eats", "-o", home);

        assertThat(keys).isEmpty();
        assertThat(pipeline.sequences)
                .singleElement()
                .satisfies(sequence -> assertThat(sequence.shots())
                        .extracting("prompt")
                        .containsExactly("a cat wakes", "the cat eats"));
    }

    @Test
    void whatDoesNothingIsSaid() {
        assertThat(run("generate", "a cat", "--engineer-url", url, "-o", out).err())
                .contains("note: --engineer-url does nothing with --engineer rules");
    }
}
