package dev.atelier.arena;

/** A symmetric positive definite matrix as L times its transpose. */
final class Cholesky {
    private final double[][] lower;

    /** @throws IllegalArgumentException when the matrix is not positive definite */
    Cholesky(double[][] matrix) {
        int n = matrix.length;
        lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i > j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 0) {
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException("row " + i + ": the matrix is not positive definite");
                }
            }
        }
    }

    /** x of A x = b. */
    double[] solve(double[] b) {
        int n = lower.length;
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= lower[i][k] * x[k];
            }
            x[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= lower[k][i] * x[k];
            }
            x[i] /= lower[i][i];
        }
        return x;
    }
}
