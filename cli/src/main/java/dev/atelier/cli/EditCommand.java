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

/** {@code atelier edit}: a picture changed as an instruction says. */
@Command(name = "edit", description = "Change a picture as an instruction says.", sortOptions = false)
final class EditCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "Picture to change (image 1).")
    private Path image;

    @Parameters(index = "1", paramLabel = "INSTRUCTION", description = "What to change.")
    private String instruction;

    @Option(
            names = {"-i", "--image"},
            paramLabel = "REF",
            order = 10,
            description = "Further reference (image 2, 3, …). Repeatable, up to 13.")
    private List<Path> references = new ArrayList<>();

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            order = 11,
            description = "Number of variants, 1 to 15 (default: 1).")
    private int number = 1;

    @Mixin
    private EditArguments edit;

    @Mixin
    private PictureArguments arguments;

    EditCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Path> all = new ArrayList<>(List.of(image));
        all.addAll(references);
        return arguments.make(
                environment, instruction, all, Counts.independent(number), edit, UnaryOperator.identity());
    }
}
