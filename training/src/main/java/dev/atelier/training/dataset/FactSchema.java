package dev.atelier.training.dataset;

import java.util.Arrays;
import java.util.List;

/**
 * What captions of a source may state: aspects (the colour of the left thing, the weather), each with a number of classes. Aspects are
 * numbered through all blocks.
 *
 * @param blocks runs of aspects with about as many classes; none where nothing is known of captions
 */
public record FactSchema(List<Block> blocks) {
    /** Of sources that know nothing of what their captions state. */
    public static final FactSchema NONE = new FactSchema(List.of());

    public FactSchema {
        blocks = List.copyOf(blocks);
    }

    /** How many aspects there are. */
    public int aspects() {
        return blocks.stream().mapToInt(Block::aspects).sum();
    }

    /**
     * A run of aspects that share one classifier. A aspects, K classes of the one that has most.
     *
     * @param sizes classes of each aspect, 1 or more
     */
    public record Block(List<Integer> sizes) {
        private static final float NEVER = -1e9f;

        public Block {
            sizes = List.copyOf(sizes);
            if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < 1)) {
                throw new IllegalArgumentException(
                        "sizes: " + sizes + "; one aspect or more expected, 1 class or more");
            }
        }

        /** A. */
        public int aspects() {
            return sizes.size();
        }

        /** K. */
        public int classes() {
            return sizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
        }

        /** (A, K) in rows: 0 for the classes that an aspect has, -1e9 for those beyond; added to logits. */
        public float[] impossible() {
            int classes = classes();
            float[] out = new float[sizes.size() * classes];
            for (int i = 0; i < sizes.size(); i++) {
                Arrays.fill(out, i * classes + sizes.get(i), (i + 1) * classes, NEVER);
            }
            return out;
        }
    }
}
