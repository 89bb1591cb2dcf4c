package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier edit}: a picture changed as an instruction says. */
@Command(name = "edit", description = "Change a picture as an instruction says.", sortOptions = false)
final class EditCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "1..2",
            paramLabel = "[IMAGE] INSTRUCTION",
            hideParamSyntax = true,
            description = "Picture to change (image 1; without it, the first --image), and what to change.")
    private List<String> words;

    @Mixin
    private ReferenceArguments pictures;

    @Mixin
    private EditArguments edit;

    @Mixin
    private PictureArguments arguments;

    EditCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Path> all = new ArrayList<>(pictures.references());
        if (words.size() == 2) {
            all.addFirst(Path.of(words.getFirst()));
        } else if (new File(words.getFirst()).isFile()) {
            throw new UsageException("INSTRUCTION: missing; what is to change in " + words.getFirst() + "?");
        } else if (all.isEmpty()) {
            throw new UsageException("IMAGE: missing; give it before the INSTRUCTION, or as --image FILE");
        }
        return arguments.make(environment, words.getLast(), edit.references(all), pictures.count(edit.bound()));
    }
}
