package dev.atelier.engine.sampling;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The way from a coarse picture with noise to a sharp one: at noise level sigma, from {@code start} down to 0, the state is
 * {@code z = (1 - sigma) m + sigma n} with {@code m = (1 - sigma / start) x + (sigma / start) u}, where x are latents of the sharp picture, u those of
 * the coarse one, and n is noise. At {@code start} nothing of x is in it, at 0 it is x. After relay diffusion (Teng et al. 2023, "Relay
 * diffusion", section 3), with a straight path in place of blur.
 *
 * @param start noise level where sampling begins, above 0, below 1
 */
public record RelayPath(double start) {
    public RelayPath {
        if (!(start > 0 && start < 1)) {
            throw new IllegalArgumentException("start: " + start + " is not between 0 and 1");
        }
    }

    /**
     * {@code z}.
     *
     * @param sigmas (B), noise level of each, 0 to {@link #start}; the others (B, …)
     */
    public Tensor state(Tensor sharp, Tensor coarse, Tensor noise, Tensor sigmas) {
        long[] shape = new long[(int) sharp.dim()];
        Arrays.fill(shape, 1);
        shape[0] = -1;
        Tensor sigma = sigmas.view(shape);
        Tensor mixed = sharp.add(coarse.sub(sharp).mul(sigma.div(new Scalar(start))));
        return mixed.mul(sigma.neg().add(new Scalar(1.0))).add_(noise.mul(sigma));
    }

    /**
     * The state at level {@code to} on the path that leads from {@code state} at {@code from} to {@code sharp}: the noise that the state
     * holds if {@code sharp} is right stays the same.
     *
     * @param sharp what a network takes the sharp latents to be
     * @param from above 0, at most {@link #start}
     */
    public Tensor step(Tensor state, Tensor sharp, Tensor coarse, double from, double to) {
        if (to <= 0) {
            return sharp.clone();
        }
        Tensor noise =
                state.sub(mixed(sharp, coarse, from).mul(new Scalar(1 - from))).div(new Scalar(from));
        return mixed(sharp, coarse, to).mul(new Scalar(1 - to)).add_(noise, new Scalar(to));
    }

    private Tensor mixed(Tensor sharp, Tensor coarse, double sigma) {
        return sharp.add(coarse.sub(sharp), new Scalar(sigma / start));
    }
}
