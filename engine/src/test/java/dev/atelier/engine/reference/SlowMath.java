package dev.atelier.engine.reference;

import java.util.function.IntUnaryOperator;

/** Operators on tokens, {@code [token][channel]}, and on pictures, {@code [channel][row][column]}. */
final class SlowMath {
    private SlowMath() {}

    /** {@code x Wᵀ}. @param weight row-major (out, in) */
    static double[][] linear(double[][] x, double[] weight) {
        int in = x[0].length;
        return linear(x, weight, new double[weight.length / in]);
    }

    static double[][] linear(double[][] x, double[] weight, double[] bias) {
        double[][] out = new double[x.length][bias.length];
        for (int token = 0; token < x.length; token++) {
            for (int o = 0; o < bias.length; o++) {
                double sum = bias[o];
                for (int i = 0; i < x[token].length; i++) {
                    sum += x[token][i] * weight[o * x[token].length + i];
                }
                out[token][o] = sum;
            }
        }
        return out;
    }

    static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    static double[][] silu(double[][] x) {
        double[][] out = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            out[i] = new double[x[i].length];
            for (int j = 0; j < x[i].length; j++) {
                out[i][j] = silu(x[i][j]);
            }
        }
        return out;
    }

    /** {@code silu(first half) * second half}. */
    static double[][] swiGlu(double[][] x) {
        int half = x[0].length / 2;
        double[][] out = new double[x.length][half];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < half; j++) {
                out[i][j] = silu(x[i][j]) * x[i][half + j];
            }
        }
        return out;
    }

    static double[][] add(double[][] a, double[][] b) {
        double[][] out = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                out[i][j] = a[i][j] + b[i][j];
            }
        }
        return out;
    }

    /** {@code x / sqrt(mean(x²) + eps) * weight} over {@code weight.length} numbers from {@code from} on. */
    static double[] rmsNorm(double[] x, int from, double[] weight, double eps) {
        double squares = 0;
        for (int i = 0; i < weight.length; i++) {
            squares += x[from + i] * x[from + i];
        }
        double[] out = new double[weight.length];
        for (int i = 0; i < weight.length; i++) {
            out[i] = x[from + i] / Math.sqrt(squares / weight.length + eps) * weight[i];
        }
        return out;
    }

    static double[][] rmsNorm(double[][] x, double[] weight, double eps) {
        double[][] out = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            out[i] = rmsNorm(x[i], 0, weight, eps);
        }
        return out;
    }

    /** Every head of every token by itself. @param weight of one head */
    static double[][] rmsNormHeads(double[][] x, double[] weight, double eps) {
        double[][] out = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int from = 0; from < x[i].length; from += weight.length) {
                System.arraycopy(rmsNorm(x[i], from, weight, eps), 0, out[i], from, weight.length);
            }
        }
        return out;
    }

    /** To mean 0 and variance 1, each token by itself. */
    static double[][] layerNorm(double[][] x, double eps) {
        double[][] out = new double[x.length][x[0].length];
        for (int i = 0; i < x.length; i++) {
            double mean = 0;
            for (double v : x[i]) {
                mean += v / x[i].length;
            }
            double variance = 0;
            for (double v : x[i]) {
                variance += (v - mean) * (v - mean) / x[i].length;
            }
            for (int j = 0; j < x[i].length; j++) {
                out[i][j] = (x[i][j] - mean) / Math.sqrt(variance + eps);
            }
        }
        return out;
    }

    /**
     * @param q {@code [query][heads * headDim]}
     * @param k {@code [key][heads / shared * headDim]}
     * @param shared query heads to a key/value head
     * @param visible how many keys, from the first on, a query sees
     */
    static double[][] attention(
            double[][] q, double[][] k, double[][] v, int headDim, int shared, IntUnaryOperator visible) {
        double[][] out = new double[q.length][q[0].length];
        for (int head = 0; head < q[0].length / headDim; head++) {
            int at = head * headDim;
            int from = head / shared * headDim;
            for (int i = 0; i < q.length; i++) {
                double[] weight = new double[visible.applyAsInt(i)];
                double total = 0;
                for (int j = 0; j < weight.length; j++) {
                    double score = 0;
                    for (int e = 0; e < headDim; e++) {
                        score += q[i][at + e] * k[j][from + e];
                    }
                    weight[j] = Math.exp(score / Math.sqrt(headDim));
                    total += weight[j];
                }
                for (int j = 0; j < weight.length; j++) {
                    for (int e = 0; e < headDim; e++) {
                        out[i][at + e] += weight[j] / total * v[j][from + e];
                    }
                }
            }
        }
        return out;
    }

    /** Columns {@code from} to {@code from + count}. */
    static double[][] part(double[][] x, int from, int count) {
        double[][] out = new double[x.length][count];
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], from, out[i], 0, count);
        }
        return out;
    }

    /** {@code first}'s tokens, then {@code second}'s. */
    static double[][] after(double[][] first, double[][] second) {
        double[][] out = new double[first.length + second.length][];
        System.arraycopy(first, 0, out, 0, first.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }

    /** Each token of {@code left} with the same one of {@code right} behind it. */
    static double[][] beside(double[][] left, double[][] right) {
        double[][] out = new double[left.length][left[0].length + right[0].length];
        for (int i = 0; i < left.length; i++) {
            System.arraycopy(left[i], 0, out[i], 0, left[i].length);
            System.arraycopy(right[i], 0, out[i], left[i].length, right[i].length);
        }
        return out;
    }

    static double[][] tokens(double[][] x, int from, int count) {
        double[][] out = new double[count][];
        System.arraycopy(x, from, out, 0, count);
        return out;
    }
}
