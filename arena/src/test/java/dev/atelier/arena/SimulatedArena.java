package dev.atelier.arena;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Votes drawn from planted abilities. */
final class SimulatedArena {
    final List<Vote> votes = new ArrayList<>();
    private final SplittableRandom random;
    private final double[] abilities;
    private double leftBonus;
    private double ties;

    SimulatedArena(long seed, double... abilities) {
        random = new SplittableRandom(seed);
        this.abilities = abilities;
    }

    SimulatedArena leftBonus(double bonus) {
        leftBonus = bonus;
        return this;
    }

    /** Share of ties between equals; such that a vote's expected share stays that of the model. */
    SimulatedArena ties(double share) {
        ties = share;
        return this;
    }

    static String name(int model) {
        return "m%03d".formatted(model);
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < abilities.length; i++) {
            names.add(name(i));
        }
        return names;
    }

    /** Honest votes on random pairs. */
    SimulatedArena vote(String voter, int count) {
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(abilities.length);
            int right = (left + 1 + random.nextInt(abilities.length - 1)) % abilities.length;
            add(voter, left, right, honest(left, right));
        }
        return this;
    }

    private Outcome honest(int left, int right) {
        double p = logistic(abilities[left] - abilities[right] + leftBonus);
        double tie = 2 * ties * Math.min(p, 1 - p);
        double u = random.nextDouble();
        return u < tie ? Outcome.TIE : u < tie + p - tie / 2 ? Outcome.LEFT : Outcome.RIGHT;
    }

    /** Votes for the left side, whatever is there. */
    SimulatedArena voteLeft(String voter, int count) {
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(abilities.length);
            int right = (left + 1 + random.nextInt(abilities.length - 1)) % abilities.length;
            add(voter, left, right, Outcome.LEFT);
        }
        return this;
    }

    /** Votes for one model wherever it stands, and at random elsewhere. */
    SimulatedArena voteFor(String voter, int model, int count) {
        for (int i = 0; i < count; i++) {
            int left = random.nextInt(abilities.length);
            int right = (left + 1 + random.nextInt(abilities.length - 1)) % abilities.length;
            boolean forLeft = left == model || right != model && random.nextBoolean();
            add(voter, left, right, forLeft ? Outcome.LEFT : Outcome.RIGHT);
        }
        return this;
    }

    void add(String voter, int left, int right, Outcome outcome) {
        votes.add(vote("b" + votes.size(), voter, name(left), name(right), outcome));
    }

    static Vote vote(String battle, String voter, String left, String right, Outcome outcome) {
        return new Vote(battle, voter, left, right, outcome, "", "", List.of(), "", Instant.EPOCH);
    }

    double probability() {
        return random.nextDouble();
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
