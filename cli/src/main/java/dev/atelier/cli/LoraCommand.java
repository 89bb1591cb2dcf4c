package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.dataset.PictureDataset;
import dev.atelier.training.lora.LoraJob;
import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LoraTrainer;
import dev.atelier.training.report.LossPlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code atelier lora}: a low-rank adapter from a user's pictures. */
@Command(
        name = "lora",
        description = {
            "Teach a model your pictures: train a low-rank adapter (LoRA), a small file for --lora.",
            "The model itself stays as it is. A run that was stopped goes on with --resume."
        },
        sortOptions = false)
final class LoraCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            required = true,
            order = 10,
            description =
                    "Folder of pictures with a .txt beside each; a .jsonl file of image, caption, references; or .tar"
                            + " shards.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            order = 11,
            description = "The adapter's file, NAME.safetensors.")
    private Path output;

    @Option(names = "--overwrite", order = 12, description = "Replace the file if it exists.")
    private boolean overwrite;

    @Mixin
    private LoraArguments arguments;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            order = 60,
            description = "Folder of this run: checkpoint, log, encoded pictures, samples (default: runs/NAME).")
    private Path run;

    @Option(names = "--resume", order = 61, description = "Go on from the checkpoint in the run's folder.")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            order = 62,
            description = "Steps between checkpoints (default: ${DEFAULT-VALUE}).")
    private int checkpointEvery = 100;

    @Option(
            names = "--sample-every",
            paramLabel = "STEPS",
            order = 63,
            description = "Steps between sheets of pictures with and without the adapter; 0: none (default: 0).")
    private int sampleEvery;

    @Option(
            names = "--sample-prompt",
            paramLabel = "TEXT",
            order = 64,
            description = "What the sheets show (default: the first captions). Repeatable, up to 16.")
    private List<String> samplePrompts = new ArrayList<>();

    @Mixin
    private ModelArguments model;

    @Mixin
    private DeviceArguments device;

    LoraCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        try {
            train();
        } catch (IllegalArgumentException e) {
            throw named(e);
        }
        return ExitCode.OK;
    }

    private void train() throws IOException {
        String name = output.getFileName().toString();
        if (!name.endsWith(".safetensors")) {
            throw new UsageException("--output: " + output + " does not end in .safetensors");
        }
        if (Files.exists(output) && !overwrite) {
            throw new UsageException("--output: " + output + " exists already; name another file, or give --overwrite");
        }
        LoraSettings settings = arguments.settings();
        Path folder = run == null ? Path.of("runs", name.substring(0, name.length() - ".safetensors".length())) : run;
        LoraJob job = new LoraJob(
                model.folder(environment),
                new EngineOptions(
                        device.device(), Precision.STORED, device.threads(), 0, List.of(), environment.dataFolder()),
                PictureDataset.open(data, settings.data().trigger()),
                output,
                folder,
                resume,
                new LoraJob.Watch(checkpointEvery, sampleEvery, samplePrompts));
        Terminal terminal = environment.terminal();
        try (Interruption interruption = Interruption.watch(terminal);
                TrainingProgress training = new TrainingProgress(terminal, InstantSource.system());
                TuningProgress progress = new TuningProgress(terminal, training)) {
            new LoraTrainer(job, settings, progress).train(interruption.cancellation());
        }
        LossPlot.draw(folder.resolve("log.jsonl"), folder.resolve("loss.png"));
        terminal.result(output.toString());
        terminal.note("Use it: atelier generate \"…\" --lora " + output);
    }

    /** The library names settings as the options are named. */
    private RuntimeException named(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.indexOf(':');
        boolean option = colon > 0 && spec.findOption("--" + message.substring(0, colon)) != null;
        return option ? new UsageException("--" + message) : e;
    }
}
