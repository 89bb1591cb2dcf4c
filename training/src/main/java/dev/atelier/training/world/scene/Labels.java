package dev.atelier.training.world.scene;

import java.util.Arrays;
import java.util.List;

/**
 * Attributes as classes to predict: for each {@link Aspect} the index of its value, or, where a scene has none, one index more than
 * its vocabulary's.
 */
public final class Labels {
    /** How many aspects there are. */
    public static final int ASPECTS = Aspect.values().length;

    /** Classes of the aspect with the largest vocabulary, absence among them. */
    public static final int CLASSES = classes();

    private static final List<List<Term>> DISTINCT =
            Arrays.stream(Aspect.values()).map(Aspect::vocabulary).distinct().toList();

    /** Different vocabularies; some aspects share one. */
    public static final int VOCABULARIES = DISTINCT.size();

    private Labels() {}

    /** One index an aspect, in their order; the same for those of one vocabulary. */
    public static long[] vocabularyOfEach() {
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
    public static int absent(Aspect aspect) {
        return aspect.vocabulary().size();
    }

    /** (A, K) in rows: 0 for the classes that an aspect has, -1e9 for those beyond; added to logits. */
    public static float[] impossible() {
        float[] out = new float[ASPECTS * CLASSES];
        for (Aspect aspect : Aspect.values()) {
            Arrays.fill(out, aspect.ordinal() * CLASSES + absent(aspect) + 1, (aspect.ordinal() + 1) * CLASSES, -1e9f);
        }
        return out;
    }

    /** The class of a fact's value among those of its aspect. */
    public static int of(Fact fact) {
        return fact.aspect().vocabulary().indexOf(fact.value());
    }

    /** One index an aspect, in their order. */
    public static int[] of(Scene scene) {
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
