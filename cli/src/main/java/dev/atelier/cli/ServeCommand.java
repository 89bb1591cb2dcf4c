package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.server.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code atelier serve}: the image service. */
@Command(
        name = "serve",
        description = "Start the image service: web page, Atlas and Images APIs.",
        footer = {
            "",
            "Any other setting: --NAME=VALUE, as in --atelier.worker.lease=1m, or an",
            "environment variable, as in ATELIER_WORKER_LEASE=1m (see docs/operation.md).",
            "",
            "  atelier serve",
            "  atelier serve --model FLUX.2-klein-4B --precision int8 --data /var/lib/atelier",
            "  atelier keys create --name studio && atelier serve --host 0.0.0.0%n"
        })
final class ServeCommand implements Callable<Integer> {
    /** No exit code: the service's threads keep the process alive. */
    static final int KEEP_RUNNING = -1;

    static final String LOGGING = "logback.configurationFile";
    static final String LOGGING_FILE = "dev/atelier/cli/logback.xml";
    private static final int MAX_PORT = 65_535;

    private final Environment environment;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            order = 1,
            description =
                    "Address to listen on (server.address, default: 127.0.0.1). Others than this machine's need a key.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            order = 2,
            description = "Port to listen on (server.port, default: 8080; 0: any free one).")
    private int port = -1;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            order = 3,
            description =
                    "Origin in the links of answers, when a proxy stands before the service (atelier.public-url).")
    private String publicUrl = "";

    @Option(
            names = "--require-keys",
            order = 4,
            description = "Ask for a key on this machine too, as behind a proxy on it (atelier.access.require-keys).")
    private boolean requireKeys;

    @Option(
            names = "--provenance",
            paramLabel = "DIR",
            order = 5,
            description =
                    "Sign pictures with the key of this folder, which 'atelier provenance init' makes (atelier.provenance.folder).")
    private Path provenance;

    @Mixin
    private ServiceArguments service;

    @Mixin
    private ServedModel model;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<String> properties = properties();
        System.clearProperty(LOGGING);
        try {
            environment.service().accept(properties.toArray(String[]::new));
            return KEEP_RUNNING;
        } catch (StartException e) {
            throw e;
        } catch (RuntimeException e) {
            // Spring has said why, in its log or in words for people.
            environment.terminal().note("atelier: the service did not start; the lines above say why");
            return ExitCode.FAILURE;
        }
    }

    private List<String> properties() {
        List<String> properties = new ArrayList<>();
        if (!host.isEmpty()) {
            properties.add("--server.address=" + host);
        }
        if (port != -1) {
            if (port < 0 || port > MAX_PORT) {
                throw new UsageException("--port: " + port + " is not in 0 to " + MAX_PORT);
            }
            properties.add("--server.port=" + port);
        }
        if (!publicUrl.isEmpty()) {
            properties.add("--atelier.public-url=" + publicUrl);
        }
        if (requireKeys) {
            properties.add("--atelier.access.require-keys=true");
        }
        if (provenance != null) {
            properties.add("--atelier.provenance.folder=" + provenance);
        }
        properties.addAll(service.properties(settings));
        properties.addAll(model.properties(environment));
        return properties;
    }
}
