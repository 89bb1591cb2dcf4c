package dev.atelier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier generate}: pictures of one prompt. */
@Command(
        name = "generate",
        description = "Make pictures of a prompt, from words alone or with reference pictures.",
        sortOptions = false)
final class GenerateCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(paramLabel = "PROMPT", description = "What to draw; it may speak of \"image 1\", \"image 2\", ….")
    private String prompt;

    @Option(
            names = {"-i", "--image"},
            paramLabel = "REF",
            order = 10,
            description = "Reference picture. Repeatable, up to 14.")
    private List<Path> references = new ArrayList<>();

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            order = 11,
            description = "Number of pictures, 1 to 15 (default: 1).")
    private int number = 1;

    @Mixin
    private PictureArguments arguments;

    GenerateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return arguments.make(
                environment,
                prompt,
                references,
                Counts.independent(number),
                EditArguments.none(),
                UnaryOperator.identity());
    }
}
