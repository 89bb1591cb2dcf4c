package dev.atelier.cli;

import dev.atelier.prompt.SequenceWish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Pictures that a request is given, and how many it asks for. */
final class ReferenceArguments {
    @Option(
            names = {"-i", "--image"},
            paramLabel = "REF",
            order = 10,
            description = "Reference picture. Repeatable; up to 14 with IMAGE, if there is one.")
    private List<Path> references = new ArrayList<>();

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            order = 11,
            description = "Number of pictures, 1 to 15 (default: 1).")
    private int number = 1;

    /** In the order in which a prompt counts them. */
    List<Path> references() {
        return List.copyOf(references);
    }

    /** How many pictures, none of which sees another. */
    SequenceWish count() {
        return Counts.independent(number);
    }
}
