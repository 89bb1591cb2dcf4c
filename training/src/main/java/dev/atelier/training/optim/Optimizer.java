package dev.atelier.training.optim;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon on the matrices and convolutions of blocks (a convolution is a matrix of one row an output channel), AdamW on everything else,
 * over the flat tensors of {@link Parameters}, and an exponential moving average of the weights. Sources: Loshchilov and Hutter 2019
 * (AdamW); Jordan et al. 2024, github.com/KellerJordan/Muon.
 */
public final class Optimizer implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double EPS = 1e-8;
    private static final double MOMENTUM = 0.95;
    private static final int NEWTON_SCHULZ_STEPS = 5;

    private final Parameters parameters;
    private final Settings settings;
    private final List<Matrix> matrices = new ArrayList<>();
    private final List<List<Matrix>> groups; // matrices of one shape, which Muon updates together
    private final Tensor firstMoment; // Adam's mean, Muon's momentum
    private final Tensor secondMoment;
    private final Tensor average; // the values themselves where no average is kept
    private final Tensor adamMask; // 1 where AdamW updates; null where it updates everything
    private long step;

    /**
     * @param adamRate AdamW's learning rate at full schedule
     * @param muonRate Muon's; 0: AdamW everywhere
     * @param weightDecay of AdamW and Muon, times the learning rate
     * @param clip bound of the gradients' norm
     * @param emaDecay of the moving average, reached after a start-up in which it follows faster; 0: none is kept
     * @param beta2 decay of AdamW's second moment
     */
    public record Settings(
            double adamRate, double muonRate, double weightDecay, double clip, double emaDecay, double beta2) {
        private static final double PRETRAINING_BETA2 = 0.95;

        /** With the second moment's decay of large pretrainings, 0.95. */
        public Settings(double adamRate, double muonRate, double weightDecay, double clip, double emaDecay) {
            this(adamRate, muonRate, weightDecay, clip, emaDecay, PRETRAINING_BETA2);
        }
    }

    /** Rows of a parameter that are one matrix to Muon (a fused projection is several). */
    private record Matrix(long offset, long rows, long columns) {
        Tensor of(Tensor flat) {
            return flat.narrow(0, offset, rows * columns).view(rows, columns);
        }
    }

    public Optimizer(Parameters parameters, Settings settings) {
        this.parameters = parameters;
        this.settings = settings;
        firstMoment = Scopes.owned(() -> torch.zeros_like(parameters.gradients()));
        secondMoment = Scopes.owned(() -> torch.zeros_like(parameters.gradients()));
        if (settings.muonRate() > 0) {
            parameters.parts().forEach(this::addMatrices);
        }
        groups = List.copyOf(matrices.stream()
                .collect(Collectors.groupingBy(
                        m -> List.of(m.rows(), m.columns()), LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values());
        try (var _ = new NoGradGuard()) {
            average = settings.emaDecay() > 0
                    ? Scopes.owned(() -> parameters.values().clone())
                    : parameters.values();
            adamMask = matrices.isEmpty() ? null : Scopes.owned(() -> torch.ones_like(parameters.gradients()));
            Scopes.run(() -> matrices.forEach(m -> m.of(adamMask).zero_()));
        }
    }

    private void addMatrices(ParameterStore.Slot slot) {
        boolean matrix = slot.shape().length == 2
                && (slot.name().contains("transformer_blocks.") || slot.name().contains("layers."));
        boolean convolution = slot.shape().length == 4 && slot.name().contains("_block");
        if (!matrix && !convolution) {
            return;
        }
        long rows = slot.shape()[0];
        long columns = slot.count() / rows;
        boolean fused = slot.name().contains("to_qkv_mlp_proj") || slot.name().contains("linear_in");
        long part = fused && rows % columns == 0 ? columns : rows;
        for (long at = 0; at < rows; at += part) {
            matrices.add(new Matrix(slot.offset() + at * columns, part, columns));
        }
    }

    /**
     * One update from the accumulated gradients, which are cleared.
     *
     * @param factor of both learning rates, 0 to 1
     * @return the gradients' norm before clipping
     */
    public double step(double factor) {
        step++;
        try (var _ = new NoGradGuard()) {
            double norm = Scopes.plain(() -> parameters.gradients().norm().item_double());
            if (!Double.isFinite(norm)) {
                parameters.gradients().zero_();
                return norm;
            }
            Scopes.run(() -> {
                Tensor gradients = parameters.gradients();
                if (norm > settings.clip()) {
                    gradients.mul_(new Scalar(settings.clip() / norm));
                }
                muon(gradients, factor * settings.muonRate());
                adam(gradients, factor * settings.adamRate());
                if (settings.emaDecay() > 0) {
                    double decay = Math.min(settings.emaDecay(), (1.0 + step) / (10.0 + step));
                    average.lerp_(parameters.values(), new Scalar(1 - decay));
                }
                gradients.zero_();
            });
            parameters.publish();
            return norm;
        }
    }

    private void adam(Tensor gradients, double rate) {
        Scopes.run(() -> {
            double beta2 = settings.beta2();
            Tensor masked = adamMask == null ? gradients : gradients.mul(adamMask);
            if (adamMask == null) {
                firstMoment.lerp_(masked, new Scalar(1 - BETA1));
            } else {
                // Muon's momentum lies in the same tensor; its places have no masked gradient and must not decay here.
                firstMoment.lerp_(masked, adamMask.mul(new Scalar(1 - BETA1)));
            }
            secondMoment.mul_(new Scalar(beta2)).addcmul_(masked, masked, new Scalar(1 - beta2));
            double correction1 = 1 - Math.pow(BETA1, step);
            double correction2 = Math.sqrt(1 - Math.pow(beta2, step));
            Tensor denominator =
                    secondMoment.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPS));
            Tensor update = (adamMask == null ? firstMoment : firstMoment.mul(adamMask)).div(denominator);
            decay(rate);
            parameters.values().add_(update, new Scalar(-rate / correction1));
        });
    }

    private void decay(double rate) {
        if (settings.weightDecay() > 0) {
            parameters.values().mul_(new Scalar(1 - rate * settings.weightDecay()));
        }
    }

    private void muon(Tensor gradients, double rate) {
        for (List<Matrix> alike : groups) {
            Scopes.run(() -> {
                Tensor momentum = stack(alike, firstMoment);
                Tensor gradient = stack(alike, gradients);
                momentum.mul_(new Scalar(MOMENTUM)).add_(gradient);
                Tensor update = orthogonalize(gradient.add_(momentum, new Scalar(MOMENTUM)), parameters.computeType());
                long rows = alike.getFirst().rows();
                long columns = alike.getFirst().columns();
                double scale = Math.sqrt(Math.max(1, (double) rows / columns));
                for (int i = 0; i < alike.size(); i++) {
                    Matrix matrix = alike.get(i);
                    matrix.of(firstMoment).copy_(momentum.select(0, i));
                    matrix.of(parameters.values()).add_(update.select(0, i), new Scalar(-rate * scale));
                }
            });
        }
    }

    private static Tensor stack(List<Matrix> alike, Tensor flat) {
        return Tensors.stack(0, alike.stream().map(m -> m.of(flat)).toList());
    }

    /**
     * The nearest half-orthogonal matrices, roughly: five steps of the quintic Newton-Schulz iteration with Muon's coefficients.
     *
     * @param matrices (n, rows, columns)
     * @param computeType of the iteration; bfloat16 is enough, as its result is only a direction
     */
    static Tensor orthogonalize(Tensor matrices, DType computeType) {
        boolean tall = matrices.size(1) > matrices.size(2);
        Tensor x = tall ? matrices.transpose(1, 2) : matrices;
        Tensor norm = matrices.flatten(1, 2)
                .norm(new ScalarOptional(new Scalar(2)), new long[] {1}, false)
                .add_(new Scalar(1e-7))
                .view(-1, 1, 1);
        x = Tensors.to(x.div(norm), computeType);
        for (int i = 0; i < NEWTON_SCHULZ_STEPS; i++) {
            Tensor a = x.matmul(x.transpose(1, 2));
            Tensor b = a.mul(new Scalar(-4.7750)).add_(a.matmul(a), new Scalar(2.0315));
            x = x.mul(new Scalar(3.4445)).add_(b.matmul(x));
        }
        return Tensors.to(tall ? x.transpose(1, 2) : x, DType.F32);
    }

    public Settings settings() {
        return settings;
    }

    /** Updates made so far. */
    public long steps() {
        return step;
    }

    /** The moving average of all parameters (count); where none is kept, the parameters. */
    public Tensor average() {
        return average;
    }

    /** What a checkpoint must hold to go on exactly, by name. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("values", parameters.values());
        if (settings.emaDecay() > 0) {
            out.put("average", average);
        }
        out.put("first_moment", firstMoment);
        out.put("second_moment", secondMoment);
        return out;
    }

    /** Goes on from a restored {@link #state} of {@code step} updates. */
    public void resumed(long step) {
        this.step = step;
        parameters.publish();
    }

    @Override
    public void close() {
        Scopes.close(List.of(firstMoment, secondMoment));
        if (settings.emaDecay() > 0) {
            average.close();
        }
        if (adamMask != null) {
            adamMask.close();
        }
    }
}
