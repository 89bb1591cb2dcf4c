package dev.atelier.training.preference;

import dev.atelier.training.lora.EncodedExample;

/** Both pictures of a pair as the network takes them, of one shape. */
record EncodedPair(EncodedExample winner, EncodedExample loser) {
    EncodedExample.Shape shape() {
        return winner.shape();
    }
}
