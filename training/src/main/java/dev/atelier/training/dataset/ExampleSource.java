package dev.atelier.training.dataset;

/** An endless, random-access supply of examples; the same index gives the same example. Thread-safe. */
@FunctionalInterface
public interface ExampleSource {
    /**
     * @param references how many, as {@link Task#references} allows
     * @param index any number from 0
     * @param size pixels a side of target and references
     */
    Example example(Task task, int references, long index, int size);
}
