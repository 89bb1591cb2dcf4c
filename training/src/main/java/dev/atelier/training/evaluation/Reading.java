package dev.atelier.training.evaluation;

import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Labels;
import java.util.Arrays;
import java.util.Collection;

/**
 * What the probe reads in one picture. Arrays are not copied.
 *
 * @param labels one class an aspect, as {@link Labels}
 * @param features of the whole picture
 * @param gathered what each aspect's queries gather, aspects one after another
 */
record Reading(int[] labels, float[] features, float[] gathered) {
    int label(Aspect aspect) {
        return labels[aspect.ordinal()];
    }

    boolean shows(Fact fact) {
        return label(fact.aspect()) == Labels.of(fact);
    }

    boolean showsAll(Collection<Fact> facts) {
        return facts.stream().allMatch(this::shows);
    }

    /** What the probe looks at to tell {@code aspect}. */
    float[] gathered(Aspect aspect) {
        int width = gathered.length / Labels.ASPECTS;
        return Arrays.copyOfRange(gathered, aspect.ordinal() * width, (aspect.ordinal() + 1) * width);
    }
}
