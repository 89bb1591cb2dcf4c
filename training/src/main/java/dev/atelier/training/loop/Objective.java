package dev.atelier.training.loop;

import dev.atelier.training.optim.Optimizer;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a run minimises, and on what. {@link TrainingLoop} does the rest. */
public interface Objective {
    /**
     * What the gradients of one update were taken of.
     *
     * @param loss mean over the examples
     * @param details more for the log: names to numbers, texts or lists
     */
    record Update(double loss, long examples, Map<String, ?> details) {}

    /** The present stage's name in logs. */
    String stage();

    /**
     * Called before each update; a run of several stages moves on here.
     *
     * @param used share of the run, 0 to 1
     * @return {@code at}, or the first position of another stage
     */
    default Position enter(Position at, double used) {
        return at;
    }

    /** Adds the gradients of the update at {@code at} to those of the parameters. */
    Update accumulate(Position at);

    /** The share of the full learning rates of the update at {@code at}. */
    double rate(Position at, double used);

    /** The optimiser of the present stage. */
    Optimizer optimizer();

    /** Everything that a checkpoint has to hold, by name; filled in place when a run goes on. */
    default Map<String, Tensor> state() {
        return optimizer().state();
    }

    /** Called after each update; time spent here does not count as training in the examples a second. */
    default void after(Position at) {}

    /** Seconds spent waiting for examples so far. */
    default double waitedSeconds() {
        return 0;
    }
}
