package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.weights.WeightConversion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier convert}: weights in another format. */
@Command(
        name = "convert",
        description = {
            "Write the weights of a transformer or a text encoder in another format: safetensors, fp8 or GGUF in,",
            "safetensors or GGUF out. A few megabytes at a time, however large they are."
        },
        footer = {
            "",
            "Written under the names of diffusers (.safetensors), or those that stable-diffusion.cpp, ComfyUI-GGUF and",
            "llama.cpp read (.gguf).",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong command line, 130 interrupted."
        })
final class ConvertCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "File (.safetensors, .gguf), or folder of a part of a model (transformer, text_encoder).")
    private Path source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "File to write, NAME.safetensors or NAME.gguf.")
    private Path target;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            required = true,
            completionCandidates = Types.class,
            description = "What its numbers are: ${COMPLETION-CANDIDATES}; those with q into a .gguf only.")
    private String type;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    ConvertCommand(Environment environment) {
        this.environment = environment;
    }

    /** What {@code --type} takes. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return WeightConversion.types().iterator();
        }
    }

    @Override
    public Integer call() {
        String wanted = type.toLowerCase(Locale.ROOT);
        if (!WeightConversion.types().contains(wanted)) {
            throw new UsageException(
                    "--type: '" + type + "' is none of " + String.join(", ", WeightConversion.types()));
        }
        if (Files.isDirectory(target)) {
            throw new UsageException(target + " is a folder; name the file");
        }
        if (Files.exists(target) && !force) {
            throw new UsageException(target + " exists; --force replaces it");
        }
        Terminal terminal = environment.terminal();
        try (WeightConversion conversion = WeightConversion.plan(source, target, wanted)) {
            terminal.note(source + ": " + conversion.tensors() + " tensors become " + conversion.summary() + "; "
                    + Sizes.bytes(conversion.bytes()) + ".");
            boolean whole;
            try (Interruption interruption = Interruption.watch(terminal);
                    Bar bar = new Bar(terminal, conversion.bytes(), interruption.cancellation())) {
                whole = conversion.run(bar);
            }
            if (!whole) {
                return ExitCode.INTERRUPTED;
            }
        }
        terminal.result(target.toString());
        return ExitCode.OK;
    }

    /** A bar on a terminal, nothing elsewhere. */
    private static final class Bar implements WeightConversion.Listener, AutoCloseable {
        private final ProgressBar bar;
        private final Cancellation cancellation;

        Bar(Terminal terminal, long bytes, Cancellation cancellation) {
            bar = terminal.interactive() ? Progress.bytes(terminal, "convert", bytes) : null;
            this.cancellation = cancellation;
        }

        @Override
        public void onBytes(long bytes) {
            if (bar != null) {
                bar.stepBy(bytes);
            }
        }

        @Override
        public boolean isCancelled() {
            return cancellation.isCancelled();
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }
}
