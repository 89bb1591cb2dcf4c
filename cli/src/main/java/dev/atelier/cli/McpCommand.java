package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.mcp.StartedService;
import dev.atelier.mcp.lane.Lanes;
import dev.atelier.mcp.lane.StdioServer;
import dev.atelier.mcp.remote.HttpDrawingService;
import dev.atelier.mcp.tool.Caller;
import dev.atelier.studio.AtelierVersion;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code atelier mcp}: pictures for an agent, over standard input and output. */
@Command(
        name = "mcp",
        description = "Serve an agent over standard input and output (Model Context Protocol).",
        footer = {
            "",
            "The agent starts it. Without --url this process draws; predictions are kept in",
            "ATELIER_HOME/mcp and go on when it is started again.",
            "",
            "  claude mcp add atelier -- ./atelier mcp",
            "  claude mcp add atelier -- ./atelier mcp --url http://localhost:8080%n"
        })
final class McpCommand implements Callable<Integer> {
    private static final String DATA = "--atelier.data=";

    private final Environment environment;

    @Option(
            names = "--url",
            paramLabel = "URL",
            order = 1,
            description = "A running service draws, such as http://localhost:8080.")
    private String url = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            order = 2,
            description = "Its key (default: ATELIER_KEY, which other users of this machine do not see).")
    private String key = "";

    @Mixin
    private ServiceArguments service;

    @Mixin
    private ServedModel model;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    McpCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        // Whatever else prints would be taken for a message.
        System.setOut(System.err);
        if (url.isEmpty()) {
            return here();
        }
        if (!service.properties(settings).isEmpty()) {
            throw new UsageException(
                    "--url: another service draws, which has settings of its own; leave out the others");
        }
        try (HttpDrawingService there = there()) {
            serve(there);
        }
        return ExitCode.OK;
    }

    private HttpDrawingService there() {
        try {
            return new HttpDrawingService(
                    URI.create(url), key.isEmpty() ? environment.variables().getOrDefault("ATELIER_KEY", "") : key);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--url: '" + url + "' is no URL such as http://localhost:8080");
        }
    }

    private Integer here() throws IOException {
        if (!key.isEmpty()) {
            throw new UsageException("--key: is for a running service, which --url names");
        }
        List<String> properties = new ArrayList<>(List.of(service.quietly(settings)));
        properties.addAll(model.properties(environment));
        try (AgentFolder folder = hasData(properties) ? null : AgentFolder.lease(environment.dataFolder())) {
            if (folder != null) {
                properties.add(DATA + folder.path());
            }
            String[] all = properties.toArray(String[]::new);
            try (StartingService starting =
                    StartingService.begin(() -> environment.drawing().apply(all), environment.terminal())) {
                serve(starting);
            }
        }
        return ExitCode.OK;
    }

    private boolean hasData(List<String> properties) {
        return environment.variables().containsKey("ATELIER_DATA")
                || properties.stream().anyMatch(property -> property.startsWith(DATA));
    }

    private void serve(StartedService started) throws IOException {
        new StdioServer(
                        new Lanes(AtelierVersion.text()),
                        new Caller(started.service(), true, true),
                        System.in,
                        environment.terminal().out())
                .run();
    }
}
