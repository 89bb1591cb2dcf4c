package dev.atelier.training.preference;

import dev.atelier.training.lora.EncodedExample;
import java.util.List;

/** A judgement whose pictures are there as the network takes them, of one shape. */
sealed interface EncodedJudgement permits EncodedPair, EncodedRating {
    List<EncodedExample> examples();

    default EncodedExample.Shape shape() {
        return examples().getFirst().shape();
    }

    /** All that is learnt from it, as a text; equal ones teach the same. */
    default String identity() {
        StringBuilder out = new StringBuilder();
        for (EncodedExample example : examples()) {
            out.append(example.latents().getFileName()).append(example.prompt().getFileName());
        }
        return out.toString();
    }
}
