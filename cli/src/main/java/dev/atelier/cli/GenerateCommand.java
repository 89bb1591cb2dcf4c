package dev.atelier.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ReferenceArguments pictures;

    @Mixin
    private PictureArguments arguments;

    GenerateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return arguments.make(
                environment, prompt, EditArguments.none().references(pictures.references()), pictures.count(false));
    }
}
