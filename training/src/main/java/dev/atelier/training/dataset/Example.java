package dev.atelier.training.dataset;

import dev.atelier.engine.image.Picture;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One thing to learn.
 *
 * @param references pictures that the prompt speaks of, in order; all of the target's size
 * @param target the picture to make
 * @param prompts the words, worded anew for each seed where there are several ways to say it
 */
public record Example(List<Picture> references, Picture target, LongFunction<String> prompts) {
    public Example {
        references = List.copyOf(references);
    }
}
