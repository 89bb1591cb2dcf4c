package dev.atelier.world.scene;

import java.util.Arrays;
import java.util.List;

/**
 * Attributes as classes to predict: for each {@link Aspect} the index of its value, or, where a scene has none, one index more than
 * its vocabulary's.
 */
public final class Labels {
    /** How many aspects there are. */
    public static final int ASPECTS = Aspect.values().length;

    /**
     * The aspects in two runs, those with few values and those with the many nouns, so that not every one has a logit for each noun.
     */
    public static final List<Block> BLOCKS = List.of(
            Block.of(0, Aspect.NOUN_1.ordinal()), Block.of(Aspect.NOUN_1.ordinal(), Aspect.NOUN_3.ordinal() + 1));

    /**
     * A run of aspects.
     *
     * @param first ordinal of the first one
     * @param aspects how many
     * @param classes of the one with the largest vocabulary, absence among them
     * @param vocabularies of each, an index from 0 up; the same for those that share one
     */
    public record Block(int first, int aspects, int classes, List<Integer> vocabularies) {
        private static Block of(int first, int end) {
            List<Aspect> aspects = Arrays.asList(Aspect.values()).subList(first, end);
            List<List<Term>> distinct =
                    aspects.stream().map(Aspect::vocabulary).distinct().toList();
            return new Block(
                    first,
                    end - first,
                    aspects.stream().mapToInt(Labels::absent).max().orElseThrow() + 1,
                    aspects.stream()
                            .map(aspect -> distinct.indexOf(aspect.vocabulary()))
                            .toList());
        }

        /** How many different vocabularies its aspects have. */
        public int different() {
            return vocabularies.stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
        }

        /** Classes of each of its aspects, absence among them. */
        public List<Integer> sizes() {
            return Arrays.asList(Aspect.values()).subList(first, first + aspects).stream()
                    .map(aspect -> absent(aspect) + 1)
                    .toList();
        }
    }

    private Labels() {}

    /** The index that means that a picture has no value of {@code aspect}. */
    public static int absent(Aspect aspect) {
        return aspect.vocabulary().size();
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
