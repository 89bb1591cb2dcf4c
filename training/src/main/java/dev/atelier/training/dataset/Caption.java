package dev.atelier.training.dataset;

import java.util.List;

/**
 * Words of which it is known what they state.
 *
 * @param facts answers that follow from the text, in the numbers of its source's {@link FactSchema}; at most one an aspect
 */
public record Caption(String text, List<Fact> facts) {
    public Caption {
        facts = List.copyOf(facts);
    }

    /**
     * One thing that a caption states.
     *
     * @param aspect number of what is asked, from 0
     * @param value number of the answer among the aspect's classes, from 0
     */
    public record Fact(int aspect, int value) {}
}
