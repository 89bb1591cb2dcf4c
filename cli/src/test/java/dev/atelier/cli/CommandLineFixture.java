package dev.atelier.cli;

import dev.atelier.mcp.StartedService;
import dev.atelier.prompt.vocabulary.VocabularyAdapter;
import dev.atelier.studio.PipelineOpener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/** Runs command lines in this process, with a home folder of their own. */
abstract class CommandLineFixture {
    @TempDir
    Path home;

    final Map<String, String> variables = new HashMap<>();
    final FakePipeline pipeline = new FakePipeline();

    /** What the service was started with. */
    final List<String> service = new ArrayList<>();

    /** What its start ends in; null: it starts. */
    RuntimeException startFailure;

    /** What starts the service. */
    Consumer<String[]> starter = this::start;

    /** What starts the service for an agent. */
    Function<String[], StartedService> drawing = settings -> {
        throw new IllegalStateException("no service for agents in this test");
    };

    /** What loads models. */
    PipelineOpener opener = pipeline::opened;

    /** What a command line left. */
    record Outcome(int code, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }
    }

    Outcome run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Environment environment = environment(terminal);
        String[] words = java.util.Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        int code = Atelier.run(environment, words);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Environment environment(Terminal terminal) {
        return new Environment(
                terminal,
                variables,
                home,
                opener,
                settings -> new VocabularyAdapter(settings.open()),
                starter,
                drawing);
    }

    private void start(String... settings) {
        if (startFailure != null) {
            throw startFailure;
        }
        service.addAll(List.of(settings));
    }
}
