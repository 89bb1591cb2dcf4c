package dev.atelier.arena;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Votes counted together by voter and pair, sorted by voter; with style every vote has a row of its own. Of row r: who voted, who stood
 * left and right, and how often the left side
 * won, nobody did (both were bad in some of those), and the right side won.
 */
final class Tally {
    private static final Outcome[] OUTCOMES = Outcome.values();

    final List<String> models;
    final List<String> voters;
    final int[] voter;
    final int[] left;
    final int[] right;
    final int[] leftWins;
    final int[] halves;
    final int[] rightWins;
    final int[] bothBad;

    /** Standardised style, {@link #features} values a row. */
    final double[] style;

    final int features;

    private Tally(List<String> models, List<String> voters, int rows, int features) {
        this.models = models;
        this.voters = voters;
        this.features = features;
        voter = new int[rows];
        left = new int[rows];
        right = new int[rows];
        leftWins = new int[rows];
        halves = new int[rows];
        rightWins = new int[rows];
        bothBad = new int[rows];
        style = new double[rows * features];
    }

    int rows() {
        return voter.length;
    }

    int votes(int row) {
        return leftWins[row] + halves[row] + rightWins[row];
    }

    /** @param models all that votes may name, each once */
    static Tally of(List<Vote> votes, List<String> models, boolean withStyle) {
        Map<String, Integer> modelIndex = new HashMap<>();
        models.forEach(model -> modelIndex.put(model, modelIndex.size()));
        Map<String, Integer> voterIndex = new HashMap<>();
        long[] keys = new long[votes.size()];
        for (int i = 0; i < keys.length; i++) {
            Vote vote = votes.get(i);
            int who = voterIndex.computeIfAbsent(vote.voter(), _ -> voterIndex.size());
            long pair = (long) modelIndex.get(vote.left()) * models.size() + modelIndex.get(vote.right());
            keys[i] = withStyle
                    ? (long) who << Integer.SIZE | i
                    : ((long) who * models.size() * models.size() + pair) * OUTCOMES.length
                            + vote.outcome().ordinal();
        }
        Arrays.sort(keys);
        String[] names = new String[voterIndex.size()];
        voterIndex.forEach((name, index) -> names[index] = name);
        return withStyle
                ? oneByOne(keys, votes, modelIndex, models, List.of(names))
                : counted(keys, models, List.of(names));
    }

    private static Tally counted(long[] keys, List<String> models, List<String> voters) {
        int rows = 0;
        for (int i = 0; i < keys.length; i++) {
            rows += i == 0 || keys[i] / OUTCOMES.length != keys[i - 1] / OUTCOMES.length ? 1 : 0;
        }
        Tally tally = new Tally(models, voters, rows, 0);
        int row = -1;
        int count = models.size();
        for (int i = 0; i < keys.length; i++) {
            long rest = keys[i] / OUTCOMES.length;
            if (i == 0 || rest != keys[i - 1] / OUTCOMES.length) {
                row++;
                tally.right[row] = (int) (rest % count);
                tally.left[row] = (int) (rest / count % count);
                tally.voter[row] = (int) (rest / count / count);
            }
            tally.add(row, OUTCOMES[(int) (keys[i] % OUTCOMES.length)]);
        }
        return tally;
    }

    private static Tally oneByOne(
            long[] keys, List<Vote> votes, Map<String, Integer> modelIndex, List<String> models, List<String> voters) {
        int features = PictureStyle.NAMES.size();
        Tally tally = new Tally(models, voters, keys.length, features);
        for (int row = 0; row < keys.length; row++) {
            int i = (int) keys[row];
            Vote vote = votes.get(i);
            tally.voter[row] = (int) (keys[row] >> Integer.SIZE);
            tally.left[row] = modelIndex.get(vote.left());
            tally.right[row] = modelIndex.get(vote.right());
            tally.add(row, vote.outcome());
            for (int f = 0; f < vote.style().size(); f++) {
                tally.style[row * features + f] = vote.style().get(f);
            }
        }
        tally.standardise();
        return tally;
    }

    private void add(int row, Outcome outcome) {
        switch (outcome) {
            case LEFT -> leftWins[row]++;
            case RIGHT -> rightWins[row]++;
            case TIE -> halves[row]++;
            case BOTH_BAD -> {
                halves[row]++;
                bothBad[row]++;
            }
        }
    }

    /** Differences keep their zero: only their size is brought to one. */
    private void standardise() {
        for (int f = 0; f < features; f++) {
            double squares = 0;
            for (int row = 0; row < rows(); row++) {
                squares += style[row * features + f] * style[row * features + f];
            }
            double size = Math.sqrt(squares / rows());
            for (int row = 0; row < rows() && size > 0; row++) {
                style[row * features + f] /= size;
            }
        }
    }
}
