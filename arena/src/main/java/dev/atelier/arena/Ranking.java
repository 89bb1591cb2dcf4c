package dev.atelier.arena;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Contenders ranked by votes. Immutable; any thread may ask. */
public final class Ranking {
    /** Points of Elo's scale for one unit of ability. */
    static final double POINTS = 400 / Math.log(10);

    private static final double START = 1000;

    private final RankingRules rules;
    private final Tally tally;
    private final BradleyTerry plain;
    private final BradleyTerry controlled;
    private final BattleRecord record;
    private final List<SuspiciousVoter> suspicious;
    private final int repeated;
    private final int doubled;

    private Ranking(List<Vote> votes, List<String> models, RankingRules rules, int repeated, int doubled) {
        this.rules = rules;
        this.repeated = repeated;
        this.doubled = doubled;
        tally = Tally.of(votes, models, false);
        double[] weight = weights(tally, rules.voterCap());
        List<SuspiciousVoter> dropped = new ArrayList<>();
        BradleyTerry fit = BradleyTerry.fit(tally, weight, rules.ridge());
        while (rules.dropSuspicious()) {
            List<SuspiciousVoter> found = SuspiciousVoter.find(tally, fit, weight);
            if (found.isEmpty()) {
                break;
            }
            drop(found, tally, weight);
            dropped.addAll(found);
            fit = BradleyTerry.fit(tally, weight, rules.ridge());
        }
        plain = fit;
        suspicious = List.copyOf(dropped);
        record = new BattleRecord(tally, weight);
        controlled = votes.stream().anyMatch(vote -> !vote.style().isEmpty())
                ? controlled(votes, models, suspicious)
                : plain;
    }

    /**
     * @param contenders who stand beside those that votes name, though nobody has voted on them yet
     * @throws IllegalArgumentException when the anchor of the rules is none of them
     */
    public static Ranking of(List<Vote> votes, Collection<String> contenders, RankingRules rules) {
        record Cast(String voter, String battle) {}
        Set<String> models = new TreeSet<>(contenders);
        Set<Cast> cast = new HashSet<>();
        List<Vote> counted = new ArrayList<>(votes.size());
        int repeated = 0;
        int doubled = 0;
        for (Vote vote : votes) {
            if (!cast.add(new Cast(vote.voter(), vote.battle()))) {
                doubled++;
            } else if (vote.isRepeat()) {
                repeated++;
            } else {
                models.add(vote.left());
                models.add(vote.right());
                counted.add(vote);
            }
        }
        if (!rules.anchor().isEmpty() && !models.contains(rules.anchor())) {
            throw new IllegalArgumentException(
                    "anchor: '" + rules.anchor() + "' is none of the contenders " + String.join(", ", models));
        }
        return new Ranking(counted, List.copyOf(models), rules, repeated, doubled);
    }

    /** All contenders, sorted by name. */
    public List<String> models() {
        return tally.models;
    }

    /**
     * By how many points {@code model} is ahead of {@code other}.
     *
     * @throws IllegalArgumentException when one of them is no contender
     */
    public Interval difference(String model, String other) {
        double[] contrast = new double[plain.parameters()];
        contrast[index(model)] += 1;
        contrast[index(other)] -= 1;
        return interval(plain, contrast);
    }

    /** By how much one more vote on this pair would lower the sum of all variances. */
    double information(String a, String b) {
        return plain.information(index(a), index(b));
    }

    public Leaderboard leaderboard() {
        int count = tally.models.size();
        Interval[] scores = new Interval[count];
        Interval[] controlledScores = new Interval[count];
        for (int i = 0; i < count; i++) {
            scores[i] = score(plain, i);
            controlledScores[i] = score(controlled, i);
        }
        boolean[] connected = record.connected();
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Interval mine = scores[i];
            int above = (int) Arrays.stream(scores)
                    .filter(other -> other.lower() > mine.upper())
                    .count();
            standings.add(record.standing(i, 1 + above, mine, controlledScores[i], reasons(i, connected[i])));
        }
        standings.sort(Comparator.comparingInt(Standing::rank)
                .thenComparing(standing -> -standing.score().value())
                .thenComparing(Standing::model));
        return new Leaderboard(
                standings,
                record.votes(),
                record.voters(),
                repeated,
                doubled,
                interval(plain, unit(plain, plain.sideParameter())),
                style(),
                record.wins(),
                record.battles(),
                suspicious);
    }

    private List<String> reasons(int model, boolean connected) {
        List<String> reasons = new ArrayList<>();
        if (record.votes(model) < rules.minVotes()) {
            reasons.add(record.votes(model) + " votes, fewer than " + rules.minVotes());
        }
        if (record.voters(model) < rules.minVoters()) {
            reasons.add(record.voters(model) + " voters, fewer than " + rules.minVoters());
        }
        if (!connected) {
            reasons.add("no chain of wins and losses ties it to the others");
        }
        return reasons;
    }

    private Map<String, Interval> style() {
        Map<String, Interval> worth = new LinkedHashMap<>();
        if (controlled != plain) {
            for (int f = 0; f < PictureStyle.NAMES.size(); f++) {
                worth.put(
                        PictureStyle.NAMES.get(f),
                        interval(controlled, unit(controlled, controlled.sideParameter() + 1 + f)));
            }
        }
        return worth;
    }

    private Interval score(BradleyTerry fit, int model) {
        double[] contrast = unit(fit, model);
        if (rules.anchor().isEmpty()) {
            int[] settled = record.settled(rules.minVotes());
            for (int i : settled) {
                contrast[i] -= 1.0 / settled.length;
            }
        } else {
            contrast[index(rules.anchor())] -= 1;
        }
        return interval(fit, contrast).plus(START);
    }

    private static Interval interval(BradleyTerry fit, double[] contrast) {
        double value = 0;
        for (int i = 0; i < contrast.length; i++) {
            value += contrast[i] * fit.theta(i);
        }
        return Interval.of(value, fit.variance(contrast)).times(POINTS);
    }

    private static double[] unit(BradleyTerry fit, int parameter) {
        double[] unit = new double[fit.parameters()];
        unit[parameter] = 1;
        return unit;
    }

    private int index(String model) {
        int index = tally.models.indexOf(model);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + model + "' is none of the contenders " + String.join(", ", tally.models));
        }
        return index;
    }

    private BradleyTerry controlled(List<Vote> votes, List<String> models, List<SuspiciousVoter> dropped) {
        Tally styled = Tally.of(votes, models, true);
        double[] weight = weights(styled, rules.voterCap());
        drop(dropped, styled, weight);
        return BradleyTerry.fit(styled, weight, rules.ridge());
    }

    private static void drop(List<SuspiciousVoter> dropped, Tally tally, double[] weight) {
        Set<String> names = new HashSet<>();
        dropped.forEach(one -> names.add(one.voter()));
        for (int voter = 0; voter < weight.length; voter++) {
            if (names.contains(tally.voters.get(voter))) {
                weight[voter] = 0;
            }
        }
    }

    /** One voter's votes weigh as much as {@code cap} of them; all are then brought up so that the largest weight is 1. */
    private static double[] weights(Tally tally, int cap) {
        double[] votes = new double[tally.voters.size()];
        for (int row = 0; row < tally.rows(); row++) {
            votes[tally.voter[row]] += tally.votes(row);
        }
        double[] weight = Arrays.stream(votes).map(n -> Math.min(1, cap / n)).toArray();
        double largest = Arrays.stream(weight).max().orElse(1);
        return Arrays.stream(weight).map(w -> w / largest).toArray();
    }
}
