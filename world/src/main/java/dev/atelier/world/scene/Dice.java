package dev.atelier.world.scene;

import java.util.List;
import java.util.Map;

/**
 * Pseudo-random choices that are the same on every machine and Java version: SplitMix64 (Steele, Lea and Flood, 2014).
 * Not thread-safe; each use takes its own.
 */
public final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The stream of {@code purpose}, independent of the streams of other purposes under the same seed. */
    public static Dice of(long seed, String purpose) {
        long hash = seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA * (purpose.charAt(i) + 1));
        }
        return new Dice(hash);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 inclusive to 1 exclusive. */
    public double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    public double between(double low, double high) {
        return low + unit() * (high - low);
    }

    /** From 0 inclusive to {@code bound} exclusive. */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** @throws IllegalArgumentException when {@code choices} is empty */
    public <T> T pick(List<T> choices) {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("choices: nothing to pick from");
        }
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[below(choices.length)];
    }

    /**
     * A key with a probability in proportion to its weight.
     *
     * @param weights in an iteration order that does not depend on the machine, such as an enum map's
     */
    public <T> T weighted(Map<T, Double> weights) {
        double left = unit()
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        T last = null;
        for (Map.Entry<T, Double> entry : weights.entrySet()) {
            if (entry.getValue() <= 0) {
                continue;
            }
            last = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                return last;
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("weights: none is positive in " + weights);
        }
        return last;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
