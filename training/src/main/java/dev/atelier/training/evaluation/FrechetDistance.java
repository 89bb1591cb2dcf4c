package dev.atelier.training.evaluation;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Fréchet distance between two clouds of features taken as Gaussians:
 * {@code |m1 - m2|² + tr(S1 + S2 - 2 (S1^½ S2 S1^½)^½)}. Source: Heusel et al. 2017 ("GANs trained by a two time-scale update rule
 * converge to a local Nash equilibrium"), there of Inception's features. It grows as samples get fewer, so only distances between as
 * many samples compare. Runs on a device's thread.
 */
final class FrechetDistance {
    private FrechetDistance() {}

    /** A mean (D) and a covariance (D, D), float64. */
    private record Gaussian(Tensor mean, Tensor covariance) {
        static Gaussian of(List<float[]> features) {
            int width = features.getFirst().length;
            float[] all = new float[features.size() * width];
            for (int i = 0; i < features.size(); i++) {
                System.arraycopy(features.get(i), 0, all, i * width, width);
            }
            Tensor rows = Tensors.to(Tensors.of(all, features.size(), width), DType.F64);
            Tensor mean = rows.mean(0L);
            Tensor centred = rows.sub(mean);
            return new Gaussian(mean, centred.t().matmul(centred).div(new Scalar(features.size() - 1.0)));
        }
    }

    /** @throws IllegalArgumentException when a cloud has fewer than two points */
    static double between(List<float[]> a, List<float[]> b) {
        if (a.size() < 2 || b.size() < 2) {
            throw new IllegalArgumentException("features: " + a.size() + " and " + b.size() + ", at least 2 expected");
        }
        return Scopes.plain(() -> {
            Gaussian first = Gaussian.of(a);
            Gaussian second = Gaussian.of(b);
            Tensor shift = first.mean().sub(second.mean());
            Tensor root = squareRoot(first.covariance());
            Tensor product = root.matmul(second.covariance()).matmul(root);
            Tensor symmetric = product.add(product.t()).div(new Scalar(2.0));
            double overlap = torch.linalg_eigvalsh(symmetric)
                    .clamp_min(new Scalar(0.0))
                    .sqrt()
                    .sum()
                    .item_double();
            double spread = first.covariance().trace().item_double()
                    + second.covariance().trace().item_double();
            return shift.mul(shift).sum().item_double() + spread - 2 * overlap;
        });
    }

    /** Of a symmetric positive semi-definite matrix, through its eigenvectors. */
    private static Tensor squareRoot(Tensor matrix) {
        var eigen = torch.linalg_eigh(matrix);
        Tensor values = new Tensor(eigen.get0()).clamp_min(new Scalar(0.0)).sqrt();
        Tensor vectors = new Tensor(eigen.get1());
        return vectors.mul(values).matmul(vectors.t());
    }
}
