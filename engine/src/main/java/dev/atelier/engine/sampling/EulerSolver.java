package dev.atelier.engine.sampling;

import dev.atelier.engine.tensor.Scopes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Follows a flow {@code dx/dsigma = v(x, sigma)} along falling noise levels by Euler's method, as diffusers'
 * {@code FlowMatchEulerDiscreteScheduler.step} does: {@code x + (sigma' - sigma) v(x, sigma)}. A step's tensors are freed before the next one
 * begins; results are owned by the innermost scope, the start stays the caller's.
 */
public final class EulerSolver {
    private EulerSolver() {}

    /** The flow's direction. */
    @FunctionalInterface
    public interface Velocity {
        /** @return like {@code x} */
        Tensor at(Tensor x, double sigma);
    }

    /** Brings what has just reached a noise level to what is wanted of it. */
    @FunctionalInterface
    public interface Constraint {
        /** Leaves everything as it is. */
        Constraint NONE = (x, _) -> x;

        /** @param x at noise level {@code sigma} */
        Tensor apply(Tensor x, double sigma);
    }

    /** Sees the result of each step. */
    @FunctionalInterface
    public interface Observer {
        /** Sees nothing. */
        Observer NONE = (_, _) -> {};

        /** @param step from 1 */
        void afterStep(int step, Tensor x);
    }

    /** One step of a path that is not followed by its velocity. */
    @FunctionalInterface
    public interface Step {
        /**
         * @param index from 0
         * @param from noise level of {@code x}
         * @param to noise level of the result
         */
        Tensor apply(Tensor x, int index, double from, double to);
    }

    /**
     * @param start at the first of the noise levels
     * @param sigmas falling, at least one
     * @return at the last of the noise levels; {@code start} itself where there is only one
     */
    public static Tensor solve(
            Tensor start, List<Double> sigmas, Velocity velocity, Constraint constraint, Observer observer) {
        return walk(
                start,
                sigmas,
                (x, _, from, to) -> constraint.apply(x.add(velocity.at(x, from), new Scalar(to - from)), to),
                observer);
    }

    /** As {@link #solve}, with a step of one's own. */
    public static Tensor walk(Tensor start, List<Double> sigmas, Step step, Observer observer) {
        return Scopes.scoped(() -> {
            Tensor x = start;
            for (int i = 0; i + 1 < sigmas.size(); i++) {
                int index = i;
                Tensor in = x;
                x = Scopes.scoped(() -> step.apply(in, index, sigmas.get(index), sigmas.get(index + 1)));
                if (i > 0) {
                    in.close();
                }
                observer.afterStep(i + 1, x);
            }
            return x;
        });
    }

    /**
     * The velocity at {@code x} of a model that predicts clean latents: {@code x = (1 - sigma) clean + sigma noise} and
     * {@code v = noise - clean} give {@code v = (x - clean) / sigma}.
     *
     * @param sigma levels below {@link SchedulerConfig#MIN_SIGMA} count as that
     */
    public static Tensor velocity(Tensor x, Tensor clean, double sigma) {
        return x.sub(clean).div(new Scalar(Math.max(sigma, SchedulerConfig.MIN_SIGMA)));
    }
}
