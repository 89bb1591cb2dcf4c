package dev.atelier.training.evaluation;

import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Dice;
import dev.atelier.world.scene.Family;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Seeds of scenes that no training draws: they come from streams of their own, so that one of them equals a training seed with
 * a probability of about the number of training scenes in 2⁶⁴.
 */
record HeldOut(long seed) {
    /** The {@code index}-th seed for {@code purpose}. */
    long seed(String purpose, int index) {
        return Dice.of(Dice.of(seed, "evaluation " + purpose).nextLong() + index, "held out")
                .nextLong();
    }

    /** {@code world} with no families but {@code families}. */
    static WorldConfig only(WorldConfig world, Set<Family> families) {
        Map<Family, Double> kept = new EnumMap<>(Family.class);
        for (Family family : families) {
            double weight = world.families().getOrDefault(family, 0.0);
            kept.put(family, weight > 0 ? weight : 1);
        }
        return new WorldConfig(
                kept,
                world.styles(),
                world.captionForms(),
                world.chineseShare(),
                world.excluded(),
                world.maxThings(),
                world.heldOut());
    }
}
