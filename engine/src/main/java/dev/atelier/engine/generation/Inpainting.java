package dev.atelier.engine.generation;

import dev.atelier.engine.sampling.EulerSolver;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An edit that starts from a picture's latents x instead of noise alone: at noise level sigma they are
 * {@code (1 - sigma) x + sigma e} (flow matching). Where the mask is black they are brought back to that after every step. The tensors' shapes broadcast to one another.
 *
 * @param source latents of the picture
 * @param noise like what is denoised
 * @param mask 1 where the picture may change, 0 where it stays; null: it may change everywhere
 */
record Inpainting(Tensor source, Tensor noise, Tensor mask) implements EulerSolver.Constraint {
    /** The picture at noise level {@code sigma}. */
    Tensor at(double sigma) {
        return noise.mul(new Scalar(sigma)).add(source, new Scalar(1 - sigma));
    }

    @Override
    public Tensor apply(Tensor latents, double sigma) {
        if (mask == null) {
            return latents;
        }
        Tensor kept = at(sigma);
        return kept.add(latents.sub(kept).mul(mask));
    }
}
