package dev.atelier.cli;

import dev.atelier.prompt.References;
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

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "What to draw; it may speak of \"image 1\", \"image 2\", ….")
    private String prompt = "";

    @Mixin
    private TemplateArguments template;

    @Mixin
    private ReferenceArguments pictures;

    @Mixin
    private PictureArguments arguments;

    GenerateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        References references = EditArguments.none().references(pictures.references());
        return template.fill(prompt)
                .map(filled -> arguments.make(environment, filled, references, filled.sequence(pictures.number())))
                .orElseGet(() -> arguments.make(environment, prompt, references, pictures.count(false)));
    }
}
