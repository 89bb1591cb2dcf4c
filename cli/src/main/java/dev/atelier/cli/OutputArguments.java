package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.Output;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where pictures are written. */
final class OutputArguments {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            order = 70,
            description = "File, numbered when there are several, or folder (default: atelier-0001.png, … here).")
    private Path output;

    @Option(
            names = "--format",
            paramLabel = "png|jpeg|webp",
            order = 71,
            description = "Format (default: by OUT, else png).")
    private String format = "";

    @Option(names = "--overwrite", order = 72, description = "Replace files that exist.")
    private boolean overwrite;

    OutputFiles files() {
        Optional<Output.Format> named = output == null ? Optional.empty() : byExtension(output);
        Output.Format chosen = format.isEmpty() ? named.orElse(Output.Format.PNG) : parse(format);
        return named.isPresent()
                ? OutputFiles.named(output, chosen, overwrite)
                : OutputFiles.numberedIn(output == null ? Path.of("") : output, chosen);
    }

    private static Output.Format parse(String text) {
        return Arrays.stream(Output.Format.values())
                .filter(known -> known.name().equalsIgnoreCase(text)
                        || known.file().extension().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new UsageException("--format: '" + text + "' is none of png, jpeg, webp"));
    }

    private static Optional<Output.Format> byExtension(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpeg")) {
            return Optional.of(Output.Format.JPEG);
        }
        return Arrays.stream(Output.Format.values())
                .filter(known -> name.endsWith("." + known.file().extension()))
                .findFirst();
    }
}
