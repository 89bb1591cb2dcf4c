package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.prompt.SequenceWish;

/** How many pictures. */
final class Counts {
    private Counts() {}

    /** {@code number} pictures that have nothing to do with each other. */
    static SequenceWish independent(int number) {
        return SequenceWish.disabled(checked(number, 1));
    }

    /** As many as the prompt says, at most {@code number}; 0: no bound but the model's. */
    static SequenceWish asPrompted(int number) {
        return SequenceWish.auto(checked(number, 0));
    }

    private static int checked(int number, int least) {
        if (number < least || number > SequenceWish.MAX_IMAGES) {
            throw new UsageException("-n: " + number + " is not in 1 to " + SequenceWish.MAX_IMAGES);
        }
        return number;
    }
}
