package dev.atelier.arena;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The fit: P(left wins) = 1 / (1 + e^-η), η = β(left) - β(right) + γ + δ·z, a tie counting one half, by Newton's method on the
 * log-likelihood less ½ ridge Σ θ². Parameters in their order: β of each model, γ (what the left side is worth), δ of each style value.
 * Bradley and Terry 1952; the variance clustered by voter is Huber's sandwich, Σ over voters of score times score, times U / (U - 1).
 */
final class BradleyTerry {
    private static final int MAX_STEPS = 100;
    private static final double PRECISION = 1e-11;

    private final Tally tally;
    private final double ridge;
    private final double[] weight;
    private final int size;

    /** Rows with the weights in them; where there is no style, those of all voters on a pair are one. */
    private final int[] left;

    private final int[] right;
    private final double[] votes;
    private final double[] gained;

    private double[] theta;
    private double[][] hessian;
    private double[] gradient;
    private Cholesky inverse;
    private double[][] clustered;
    private double[][] independent;

    /** @param weight of each voter's votes, 0 or more */
    private BradleyTerry(Tally tally, double[] weight, double ridge) {
        this.tally = tally;
        this.weight = weight;
        this.ridge = ridge;
        this.size = tally.models.size() + 1 + tally.features;
        this.theta = new double[size];
        int models = tally.models.size();
        boolean pairs = tally.features == 0;
        int rows = pairs ? models * models : tally.rows();
        left = pairs ? IntStream.range(0, rows).map(i -> i / models).toArray() : tally.left;
        right = pairs ? IntStream.range(0, rows).map(i -> i % models).toArray() : tally.right;
        votes = new double[rows];
        gained = new double[rows];
        for (int row = 0; row < tally.rows(); row++) {
            double w = weight[tally.voter[row]];
            int to = pairs ? tally.left[row] * models + tally.right[row] : row;
            votes[to] += w * tally.votes(row);
            gained[to] += w * (tally.leftWins[row] + 0.5 * tally.halves[row]);
        }
    }

    static BradleyTerry fit(Tally tally, double[] weight, double ridge) {
        BradleyTerry fit = new BradleyTerry(tally, weight, ridge);
        fit.solve();
        fit.measure();
        return fit;
    }

    double theta(int parameter) {
        return theta[parameter];
    }

    int parameters() {
        return size;
    }

    int sideParameter() {
        return tally.models.size();
    }

    /** P(left wins) of a row. */
    double probability(int row) {
        return logistic(eta(row, tally.left[row], tally.right[row]));
    }

    /** P(a wins) with neither side's nor style's help. */
    double probability(int a, int b) {
        return logistic(theta[a] - theta[b]);
    }

    /**
     * Variance of Σ contrast·θ: the larger of what voters' own scores say and of what the model says of independent votes. The former
     * alone is too small where few voters voted (nothing at all with one) or where a model never lost; the latter alone where the votes of a
     * voter are alike.
     */
    double variance(double[] contrast) {
        return Math.max(quadratic(independent, contrast), quadratic(clustered, contrast));
    }

    private static double quadratic(double[][] matrix, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length && x[i] != 0; j++) {
                sum += x[i] * matrix[i][j] * x[j];
            }
        }
        return sum;
    }

    /** By how much one more vote on the pair lowers the sum of all models' variances. */
    double information(int a, int b) {
        double[] x = new double[size];
        x[a] = 1;
        x[b] = -1;
        double[] solved = inverse.solve(x);
        double p = probability(a, b);
        double gain = 0;
        for (int i = 0; i < tally.models.size(); i++) {
            gain += solved[i] * solved[i];
        }
        return p * (1 - p) * gain / (1 + p * (1 - p) * (solved[a] - solved[b]));
    }

    private void solve() {
        double value = accumulate();
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] move = new Cholesky(hessian).solve(gradient);
            double[] from = theta;
            double scale = 1;
            double next;
            do {
                theta = moved(from, move, scale);
                next = accumulate();
                scale /= 2;
            } while (next < value - 1e-9 * Math.abs(value) && scale > 1e-9);
            value = next;
            if (Arrays.stream(move).map(Math::abs).max().orElse(0) < PRECISION) {
                return;
            }
        }
    }

    private static double[] moved(double[] from, double[] move, double scale) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += scale * move[i];
        }
        return to;
    }

    /** Gradient and Hessian at theta; answers the penalised log-likelihood. */
    private double accumulate() {
        gradient = new double[size];
        hessian = new double[size][size];
        double value = 0;
        for (int i = 0; i < size; i++) {
            gradient[i] = -ridge * theta[i];
            hessian[i][i] = ridge;
            value -= ridge * theta[i] * theta[i] / 2;
        }
        for (int row = 0; row < votes.length; row++) {
            if (votes[row] == 0) {
                continue;
            }
            double eta = eta(row, left[row], right[row]);
            double p = logistic(eta);
            value += gained[row] * eta - votes[row] * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))));
            addScaled(gradient, row, left[row], right[row], gained[row] - votes[row] * p);
            addOuter(hessian, row, left[row], right[row], votes[row] * p * (1 - p));
        }
        return value;
    }

    private double eta(int row, int left, int right) {
        double eta = theta[left] - theta[right] + theta[sideParameter()];
        for (int f = 0; f < tally.features; f++) {
            eta += theta[sideParameter() + 1 + f] * tally.style[row * tally.features + f];
        }
        return eta;
    }

    private void addScaled(double[] sum, int row, int left, int right, double scale) {
        sum[left] += scale;
        sum[right] -= scale;
        sum[sideParameter()] += scale;
        for (int f = 0; f < tally.features; f++) {
            sum[sideParameter() + 1 + f] += scale * tally.style[row * tally.features + f];
        }
    }

    private void addOuter(double[][] sum, int row, int left, int right, double scale) {
        addScaled(sum[left], row, left, right, scale);
        addScaled(sum[right], row, left, right, -scale);
        addScaled(sum[sideParameter()], row, left, right, scale);
        for (int f = 0; f < tally.features; f++) {
            double part = scale * tally.style[row * tally.features + f];
            addScaled(sum[sideParameter() + 1 + f], row, left, right, part);
        }
    }

    private void measure() {
        inverse = new Cholesky(hessian);
        double[][] meat = new double[size][size];
        double[][] expected = new double[size][size];
        double[] score = new double[size];
        int clusters = 0;
        double decisive = 0;
        double all = 0;
        for (int row = 0; row < tally.rows(); row++) {
            double w = weight[tally.voter[row]];
            double p = probability(row);
            int on = tally.left[row];
            int off = tally.right[row];
            double rest = tally.leftWins[row] + 0.5 * tally.halves[row] - tally.votes(row) * p;
            addScaled(score, row, on, off, w * rest);
            addOuter(expected, row, on, off, w * w * tally.votes(row) * p * (1 - p));
            decisive += w * (tally.leftWins[row] + tally.rightWins[row]);
            all += w * tally.votes(row);
            boolean last = row + 1 == tally.rows() || tally.voter[row + 1] != tally.voter[row];
            if (last) {
                addCluster(meat, score);
                Arrays.fill(score, 0);
                clusters += w > 0 ? 1 : 0;
            }
        }
        for (int i = 0; i < size; i++) {
            expected[i][i] += ridge;
        }
        clustered = sandwich(meat, clusters > 1 ? clusters / (clusters - 1.0) : 0);
        // Ties vary less than the model says.
        independent = sandwich(expected, (decisive + 1) / (all + 1));
    }

    /** Most scores of a voter with few votes are zero. */
    private static void addCluster(double[][] meat, double[] score) {
        int[] touched = new int[score.length];
        int count = 0;
        for (int i = 0; i < score.length; i++) {
            if (score[i] != 0) {
                touched[count++] = i;
            }
        }
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                meat[touched[a]][touched[b]] += score[touched[a]] * score[touched[b]];
            }
        }
    }

    private double[][] sandwich(double[][] meat, double correction) {
        double[][] half = new double[size][];
        for (int i = 0; i < size; i++) {
            half[i] = inverse.solve(meat[i]);
        }
        double[][] whole = new double[size][];
        for (int i = 0; i < size; i++) {
            double[] column = new double[size];
            for (int j = 0; j < size; j++) {
                column[j] = half[j][i] * correction;
            }
            whole[i] = inverse.solve(column);
        }
        return whole;
    }

    private static double logistic(double eta) {
        return 1 / (1 + Math.exp(-eta));
    }
}
