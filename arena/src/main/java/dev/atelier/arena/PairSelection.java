package dev.atelier.arena;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which two contenders meet next: in proportion to how much one more vote on them would lower the sum of all variances (A-optimal design;
 * new contenders, of whom least is known, come first by themselves), one time in ten any two.
 */
public final class PairSelection {
    private static final double ANY = 0.1;

    private final List<Pair> pairs = new ArrayList<>();
    private final double[] chances;

    /** Two contenders in the order of their names. */
    public record Pair(String first, String second) {}

    /** @throws IllegalArgumentException with fewer than two models, or one that the ranking does not know */
    public PairSelection(Ranking ranking, List<String> models) {
        List<String> sorted = models.stream().distinct().sorted().toList();
        if (sorted.size() < 2) {
            throw new IllegalArgumentException("a battle needs two contenders, there are " + sorted.size());
        }
        List<Double> gains = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                pairs.add(new Pair(sorted.get(i), sorted.get(j)));
                gains.add(ranking.information(sorted.get(i), sorted.get(j)));
            }
        }
        double sum = gains.stream().mapToDouble(Double::doubleValue).sum();
        chances = gains.stream()
                .mapToDouble(gain -> (1 - ANY) * gain / sum + ANY / gains.size())
                .toArray();
    }

    /** How probable it is that these two meet next, 0 to 1. */
    public double chance(String a, String b) {
        for (int i = 0; i < chances.length; i++) {
            Pair pair = pairs.get(i);
            if (pair.equals(new Pair(a, b)) || pair.equals(new Pair(b, a))) {
                return chances[i];
            }
        }
        return 0;
    }

    public Pair next(RandomGenerator random) {
        double left = random.nextDouble();
        for (int i = 0; i < chances.length - 1; i++) {
            left -= chances[i];
            if (left < 0) {
                return pairs.get(i);
            }
        }
        return pairs.getLast();
    }
}
