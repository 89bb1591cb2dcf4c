package dev.atelier.training.dataset;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** An endless, random-access supply of examples; the same index gives the same example. Thread-safe. */
@FunctionalInterface
public interface ExampleSource {
    /** Pixels a side of pictures that nobody looks at. */
    int SMALL = 16;

    /**
     * @param references how many, as {@link Task#references} allows
     * @param index any number from 0
     * @param size pixels a side of target and references
     */
    Example example(Task task, int references, long index, int size);

    /** The words of an example alone. @param seed one way to say it */
    default String prompt(Task task, int references, long index, long seed) {
        return example(task, references, index, SMALL).prompts().apply(seed);
    }

    /** The words of its captions as a model's {@code vocabulary.txt}; empty when it knows of no closed table of them. */
    default String vocabulary() {
        return "";
    }

    /** What its captions may state; {@link FactSchema#NONE} when it knows of nothing. */
    default FactSchema facts() {
        return FactSchema.NONE;
    }

    /**
     * A caption of which it is known what it states, without its picture; empty when the source knows of none.
     *
     * @param index any number from 0
     */
    default Optional<Caption> caption(long index) {
        return Optional.empty();
    }

    /** What it has examples of. */
    default Set<Task> tasks() {
        return EnumSet.allOf(Task.class);
    }
}
