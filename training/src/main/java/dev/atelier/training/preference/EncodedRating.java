package dev.atelier.training.preference;

import dev.atelier.training.lora.EncodedExample;
import java.util.List;

/** A rated picture. @param optimality how good it is, 0 to 1 */
record EncodedRating(EncodedExample example, double optimality) implements EncodedJudgement {
    @Override
    public List<EncodedExample> examples() {
        return List.of(example);
    }

    @Override
    public String identity() {
        return EncodedJudgement.super.identity() + optimality;
    }
}
