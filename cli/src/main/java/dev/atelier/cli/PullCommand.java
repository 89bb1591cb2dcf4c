package dev.atelier.cli;

import dev.atelier.hub.HubClient;
import dev.atelier.hub.HubOptions;
import dev.atelier.hub.ModelId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier pull}: brings a model from a hub. */
@Command(
        name = "pull",
        description = "Fetch a model from the Hugging Face hub, or go on with one that was interrupted.",
        footer = {
            "",
            "A token for gated or private models is read from HF_TOKEN, HUGGING_FACE_HUB_TOKEN or",
            "~/.cache/huggingface/token.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."
        })
final class PullCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "OWNER/NAME[@REV]", description = "Model, and a branch, tag or commit (default: main).")
    private String model;

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Only this file of it, such as NAME.gguf or a single-file checkpoint; prints where it is.")
    private String file = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Root of the hub (default: HF_ENDPOINT, https://huggingface.co).")
    private String endpoint = "";

    @Mixin
    private ModelFolderOptions models;

    PullCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ModelId id = ModelId.parse(model);
        HubOptions options = HubOptions.fromEnvironment(environment.variables(), environment.home());
        HubClient client = new HubClient(endpoint.isEmpty() ? options : options.withEndpoint(endpoint));
        Path pulled;
        try (PullProgress progress = PullProgress.on(environment.terminal(), id.toString())) {
            Path folder = models.folder(environment);
            pulled = file.isEmpty() ? client.pull(id, folder, progress) : client.pullFile(id, file, folder, progress);
        }
        environment.terminal().result(pulled.toString());
        return ExitCode.OK;
    }
}
