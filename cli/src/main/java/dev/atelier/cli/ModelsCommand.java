package dev.atelier.cli;

import dev.atelier.hub.InstalledModel;
import dev.atelier.hub.ModelStore;
import dev.atelier.models.EmbeddedModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atelier models}: what is here. */
@Command(name = "models", description = "List the models on this machine: size, precision, licence, state.")
final class ModelsCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private ModelFolderOptions folder;

    ModelsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<InstalledModel> models = new ArrayList<>();
        EmbeddedModels embedded = new EmbeddedModels();
        if (embedded.has(EmbeddedModels.DEFAULT)) {
            Path unpacked = embedded.folder(
                    EmbeddedModels.DEFAULT, environment.dataFolder().resolve("embedded"));
            models.add(ModelStore.describe(EmbeddedModels.DEFAULT, unpacked));
        }
        models.addAll(folder.store(environment).list());
        if (models.isEmpty()) {
            environment
                    .terminal()
                    .note("No models under " + folder.folder(environment)
                            + "; 'atelier pull black-forest-labs/FLUX.2-klein-4B' brings one.");
            return ExitCode.OK;
        }
        int width =
                models.stream().mapToInt(model -> model.name().length()).max().orElse(0);
        print(width, "MODEL", "SIZE", "PRECISION", "LICENCE", "STATE");
        for (InstalledModel model : models) {
            print(
                    width,
                    model.name(),
                    Sizes.bytes(model.bytes()),
                    model.precision(),
                    model.licence(),
                    describe(model.state()));
        }
        return ExitCode.OK;
    }

    private void print(int width, String name, String size, String precision, String licence, String state) {
        environment
                .terminal()
                .result(String.format(
                        Locale.ROOT,
                        "%-" + Math.max(width, 5) + "s  %9s  %-9s  %-16s  %s",
                        name,
                        size,
                        precision,
                        licence,
                        state));
    }

    private static String describe(InstalledModel.State state) {
        return switch (state) {
            case COMPLETE -> "complete";
            case INCOMPLETE -> "incomplete (pull again)";
            case UNMANAGED -> "ready";
        };
    }
}
