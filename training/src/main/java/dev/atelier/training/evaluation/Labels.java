package dev.atelier.training.evaluation;

import dev.atelier.training.world.scene.Aspect;
import dev.atelier.training.world.scene.Attributes;
import dev.atelier.training.world.scene.Fact;
import dev.atelier.training.world.scene.Scene;
import dev.atelier.training.world.scene.Term;
import java.util.Arrays;
import java.util.List;

/**
 * What the probe predicts: for each {@link Aspect} the index of its value, or, where a picture has none, one index more than its
 * vocabulary's.
 */
final class Labels {
    static final int ASPECTS = Aspect.values().length;

    /** Classes of the aspect with the largest vocabulary, absence among them. */
    static final int CLASSES = classes();

    private static final List<List<Term>> DISTINCT =
            Arrays.stream(Aspect.values()).map(Aspect::vocabulary).distinct().toList();

    /** Different vocabularies; some aspects share one. */
    static final int VOCABULARIES = DISTINCT.size();

    private Labels() {}

    /** One index an aspect, in their order; the same for those of one vocabulary. */
    static long[] vocabularyOfEach() {
        return Arrays.stream(Aspect.values())
                .mapToLong(aspect -> DISTINCT.indexOf(aspect.vocabulary()))
                .toArray();
    }

    private static int classes() {
        int most = 0;
        for (Aspect aspect : Aspect.values()) {
            most = Math.max(most, absent(aspect) + 1);
        }
        return most;
    }

    /** The index that means that a picture has no value of {@code aspect}. */
    static int absent(Aspect aspect) {
        return aspect.vocabulary().size();
    }

    static int of(Fact fact) {
        return fact.aspect().vocabulary().indexOf(fact.value());
    }

    /** One index an aspect, in their order. */
    static int[] of(Scene scene) {
        int[] out = new int[ASPECTS];
        for (Aspect aspect : Aspect.values()) {
            out[aspect.ordinal()] = absent(aspect);
        }
        for (Fact fact : Attributes.of(scene).facts()) {
            out[fact.aspect().ordinal()] = of(fact);
        }
        return out;
    }
}
