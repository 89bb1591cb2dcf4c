package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.image.codec.PictureFormat;
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
        Optional<PictureFormat> named = output == null ? Optional.empty() : byExtension(output);
        PictureFormat chosen = format.isEmpty() ? named.orElse(PictureFormat.PNG) : parse(format);
        return named.isPresent()
                ? OutputFiles.named(output, chosen, overwrite)
                : OutputFiles.numberedIn(output == null ? Path.of("") : output, chosen);
    }

    private static PictureFormat parse(String text) {
        return Arrays.stream(PictureFormat.values())
                .filter(PictureFormat::writable)
                .filter(known ->
                        known.name().equalsIgnoreCase(text) || known.extension().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new UsageException("--format: '" + text + "' is none of png, jpeg, webp"));
    }

    private static Optional<PictureFormat> byExtension(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpeg")) {
            return Optional.of(PictureFormat.JPEG);
        }
        return Arrays.stream(PictureFormat.values())
                .filter(PictureFormat::writable)
                .filter(known -> name.endsWith("." + known.extension()))
                .findFirst();
    }
}
