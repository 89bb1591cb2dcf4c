package dev.atelier.cli;

import dev.atelier.server.AtelierServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier serve}: the image service. */
@Command(
        name = "serve",
        description = "Start the image service: web page, Atlas and Images APIs, MCP.",
        footer = {"", "Further properties: ./atelier serve -- --atelier.NAME=VALUE, see docs."})
final class ServeCommand implements Callable<Integer> {
    /** No exit code: the service's threads keep the process alive. */
    static final int KEEP_RUNNING = -1;

    static final String LOGGING = "logback.configurationFile";

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: as configured).")
    private String host = "";

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: as configured).")
    private int port = -1;

    @Parameters(paramLabel = "PROPERTY", description = "Spring properties, as in --atelier.data=DIR, after '--'.")
    private List<String> properties = List.of();

    @Override
    public Integer call() {
        System.clearProperty(LOGGING);
        List<String> arguments = new ArrayList<>();
        if (!host.isEmpty()) {
            arguments.add("--server.address=" + host);
        }
        if (port >= 0) {
            arguments.add("--server.port=" + port);
        }
        arguments.addAll(properties);
        AtelierServer.start(arguments.toArray(String[]::new));
        return KEEP_RUNNING;
    }
}
