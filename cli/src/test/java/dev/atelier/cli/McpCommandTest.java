package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.StartedService;
import dev.atelier.mcp.tool.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code mcp}: what it starts, and that only messages leave it. */
class McpCommandTest extends CommandLineFixture {
    private static final String BALANCE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"atlas_get_balance\",\"arguments\":{}}}\n";

    private final FakeDrawing fake = new FakeDrawing();
    private final List<String[]> started = new ArrayList<>();
    private final InputStream realIn = System.in;
    private final PrintStream realOut = System.out;
    private boolean closed;

    @BeforeEach
    void serviceIsFake() {
        drawing = settings -> {
            started.add(settings);
            return new StartedService() {
                @Override
                public DrawingService service() {
                    return fake;
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        };
    }

    @AfterEach
    void streamsAsBefore() {
        System.setIn(realIn);
        System.setOut(realOut);
    }

    private Outcome agent(String input, Object... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return run(arguments);
    }

    private static JsonNode only(Outcome outcome) {
        assertThat(outcome.outLines()).as(outcome.err()).hasSize(1);
        return Json.MAPPER.readTree(outcome.outLines().getFirst());
    }

    @Test
    void thisProcessDrawsInAFolderOfItsOwn() {
        Outcome outcome = agent(BALANCE, "mcp", "--precision", "int8", "--atelier.worker.lease=1m");

        assertThat(outcome.code()).isZero();
        assertThat(only(outcome).at("/result/structuredContent/available").stringValue())
                .isEqualTo("0");
        assertThat(started.getFirst())
                .containsExactly(
                        "--logging.config=classpath:dev/atelier/cli/logback.xml",
                        "--atelier.worker.lease=1m",
                        "--atelier.precision=int8",
                        "--atelier.data=" + home.resolve(".cache/atelier/mcp"));
        assertThat(closed).isTrue();
    }

    @Test
    void aSecondAgentHasAnotherFolder() throws Exception {
        try (AgentFolder first = AgentFolder.lease(home);
                AgentFolder second = AgentFolder.lease(home)) {
            assertThat(first.path()).isEqualTo(home.resolve("mcp"));
            assertThat(second.path()).isEqualTo(home.resolve("mcp-2"));
        }
        try (AgentFolder again = AgentFolder.lease(home)) {
            assertThat(again.path()).isEqualTo(home.resolve("mcp"));
        }
        agent(BALANCE, "mcp", "--data", home.resolve("mine"));
        assertThat(started.getFirst())
                .contains("--atelier.data=" + home.resolve("mine"))
                .hasSize(2);
    }

    @Test
    void aServiceThatDoesNotStartIsToldToTheAgent() {
        drawing = settings -> {
            throw new IllegalStateException("the data folder is in use");
        };
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n";

        Outcome outcome = agent(BALANCE + ping, "mcp");

        assertThat(outcome.outLines()).hasSize(2);
        assertThat(outcome.out())
                .contains("the service did not start: the data folder is in use")
                .contains("\"id\":2");
        assertThat(outcome.err()).contains("atelier: the data folder is in use").doesNotContain("\tat ");
    }

    @Test
    void aServiceThatIsNotThereIsToldToTheAgent() {
        Outcome outcome = agent(BALANCE, "mcp", "--url", "http://localhost:1");

        assertThat(only(outcome).at("/result/isError").booleanValue()).isTrue();
        assertThat(outcome.out()).contains("no service answers at http://localhost:1");
        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mcp --url localhost:8080|--url: 'localhost:8080' is no URL",
                "mcp --url ftp://host|is no URL such as http://localhost:8080",
                "mcp --url http://localhost:8080 --data x|leave out the others",
                "mcp --key k|--key: is for a running service",
                "mcp --prot|Unknown option: '--prot'"
            })
    void whatIsWrongIsNamedBeforeAnythingStarts(String line, String message) {
        Outcome outcome = agent("", (Object[]) line.split(" "));

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.out()).isEmpty();
        assertThat(started).isEmpty();
    }
}
