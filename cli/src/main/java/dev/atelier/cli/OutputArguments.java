package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.Output;
import dev.atelier.provenance.ProvenanceException;
import dev.atelier.studio.ContentCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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

    @Option(
            names = "--provenance",
            paramLabel = "DIR",
            order = 73,
            description = "Sign pictures with the key of this folder, which 'atelier provenance init' makes (C2PA).")
    private Path provenance;

    /** What the files say of themselves. */
    ContentCredentials credentials() {
        if (provenance == null) {
            return ContentCredentials.NONE;
        }
        try {
            return ContentCredentials.of(provenance);
        } catch (ProvenanceException e) {
            throw new UsageException("--provenance: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OutputFiles files() {
        String name = output == null || output.getFileName() == null
                ? ""
                : output.getFileName().toString();
        Optional<Output.Format> named =
                name.contains(".") ? format(name.substring(name.lastIndexOf('.') + 1)) : Optional.empty();
        Output.Format chosen = format.isEmpty()
                ? named.orElse(Output.Format.PNG)
                : format(format)
                        .orElseThrow(() -> new UsageException("--format: '" + format + "' is none of png, jpeg, webp"));
        return named.isPresent()
                ? OutputFiles.named(output, chosen, overwrite)
                : OutputFiles.numberedIn(output == null ? Path.of("") : output, chosen);
    }

    /** Of that name or ending; empty when there is none. */
    private static Optional<Output.Format> format(String word) {
        try {
            return word.isBlank() ? Optional.empty() : Optional.of(Output.Format.parse(word));
        } catch (InvalidRequestException _) {
            return Optional.empty();
        }
    }
}
