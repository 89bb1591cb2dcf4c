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
            description = "Number of pictures that have nothing to do with each other, 1 to 15 (default: as many as the"
                    + " words ask for, which then belong together).")
    private Integer number;

    /** In the order in which a prompt counts them. */
    List<Path> references() {
        return List.copyOf(references);
    }

    /** The number that was given, 1 to 15; 0: none was. */
    int number() {
        return number == null ? 0 : Counts.independent(number).maxImages();
    }

    /**
     * How many pictures: with a number as many copies, without one what the words ask for.
     *
     * @param single whether they can only be pictures by themselves
     */
    SequenceWish count(boolean single) {
        if (number == null) {
            return single ? Counts.independent(1) : Counts.asPrompted(0);
        }
        return Counts.independent(number);
    }
}
