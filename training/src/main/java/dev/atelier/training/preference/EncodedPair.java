package dev.atelier.training.preference;

import dev.atelier.training.lora.EncodedExample;
import java.util.List;

/** Both pictures of a pair. */
record EncodedPair(EncodedExample winner, EncodedExample loser) implements EncodedJudgement {
    @Override
    public List<EncodedExample> examples() {
        return List.of(winner, loser);
    }
}
