package dev.atelier.arena;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Wins, losses and ties as they were counted, without weights; of voters whose weight is above 0. */
final class BattleRecord {
    private final Tally tally;
    private final double[][] wins;
    private final int[][] battles;
    private final int[][] decided;
    private final int[] voters;
    private final int[] bothBad;
    private int votes;
    private int allVoters;

    BattleRecord(Tally tally, double[] weight) {
        this.tally = tally;
        int count = tally.models.size();
        wins = new double[count][count];
        battles = new int[count][count];
        decided = new int[count][count];
        voters = new int[count];
        bothBad = new int[count];
        int[] lastVoter = new int[count];
        Arrays.fill(lastVoter, -1);
        int last = -1;
        for (int row = 0; row < tally.rows(); row++) {
            int voter = tally.voter[row];
            if (weight[voter] == 0) {
                continue;
            }
            allVoters += voter == last ? 0 : 1;
            last = voter;
            add(row);
            for (int model : new int[] {tally.left[row], tally.right[row]}) {
                voters[model] += lastVoter[model] == voter ? 0 : 1;
                lastVoter[model] = voter;
            }
        }
    }

    private void add(int row) {
        int left = tally.left[row];
        int right = tally.right[row];
        decided[left][right] += tally.leftWins[row];
        decided[right][left] += tally.rightWins[row];
        wins[left][right] += tally.leftWins[row] + 0.5 * tally.halves[row];
        wins[right][left] += tally.rightWins[row] + 0.5 * tally.halves[row];
        battles[left][right] += tally.votes(row);
        battles[right][left] += tally.votes(row);
        bothBad[left] += tally.bothBad[row];
        bothBad[right] += tally.bothBad[row];
        votes += tally.votes(row);
    }

    int votes() {
        return votes;
    }

    int voters() {
        return allVoters;
    }

    int votes(int model) {
        return Arrays.stream(battles[model]).sum();
    }

    int voters(int model) {
        return voters[model];
    }

    /** The models whose mean is the scale's middle: those with enough votes; without any, those with votes; without any, all. */
    int[] settled(int minVotes) {
        for (int least : new int[] {minVotes, 1}) {
            int[] found = IntStream.range(0, wins.length)
                    .filter(i -> votes(i) >= least)
                    .toArray();
            if (found.length > 0) {
                return found;
            }
        }
        return IntStream.range(0, wins.length).toArray();
    }

    Standing standing(int i, int rank, Interval score, Interval controlled, List<String> provisional) {
        int won = Arrays.stream(decided[i]).sum();
        int lost = 0;
        for (int[] row : decided) {
            lost += row[i];
        }
        int halves = votes(i) - won - lost;
        return new Standing(
                tally.models.get(i),
                rank,
                score,
                controlled,
                votes(i),
                voters[i],
                won,
                lost,
                halves - bothBad[i],
                bothBad[i],
                provisional);
    }

    /** Whether each model is in the largest set within which wins lead from every one to every other. */
    boolean[] connected() {
        int count = wins.length;
        boolean[][] reach = new boolean[count][];
        for (int i = 0; i < count; i++) {
            reach[i] = reached(i);
        }
        boolean[] largest = new boolean[count];
        int size = 1;
        for (int i = 0; i < count; i++) {
            boolean[] mine = new boolean[count];
            int members = 0;
            for (int j = 0; j < count; j++) {
                mine[j] = reach[i][j] && reach[j][i];
                members += mine[j] ? 1 : 0;
            }
            if (members > size) {
                largest = mine;
                size = members;
            }
        }
        return largest;
    }

    private boolean[] reached(int from) {
        boolean[] reached = new boolean[wins.length];
        reached[from] = true;
        List<Integer> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            int i = open.removeLast();
            for (int j = 0; j < wins.length; j++) {
                if (wins[i][j] > 0 && !reached[j]) {
                    reached[j] = true;
                    open.add(j);
                }
            }
        }
        return reached;
    }

    Map<String, Map<String, Double>> wins() {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        for (int i = 0; i < wins.length; i++) {
            Map<String, Double> row = new LinkedHashMap<>();
            for (int j = 0; j < wins.length; j++) {
                if (battles[i][j] > 0) {
                    row.put(tally.models.get(j), wins[i][j]);
                }
            }
            table.put(tally.models.get(i), row);
        }
        return table;
    }

    Map<String, Map<String, Integer>> battles() {
        Map<String, Map<String, Integer>> table = new LinkedHashMap<>();
        for (int i = 0; i < battles.length; i++) {
            Map<String, Integer> row = new LinkedHashMap<>();
            for (int j = 0; j < battles.length; j++) {
                if (battles[i][j] > 0) {
                    row.put(tally.models.get(j), battles[i][j]);
                }
            }
            table.put(tally.models.get(i), row);
        }
        return table;
    }
}
