package dev.atelier.training.lora;

import dev.atelier.engine.tensor.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** AdamW (Loshchilov and Hutter 2019) over one flat tensor, on whatever device it lies, with its gradients' norm clipped. */
final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPS = 1e-8;

    private final Tensor values;
    private final Tensor gradients;
    private final double weightDecay;
    private final double clip;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private long step;

    /** @param values (count) @param gradients (count), cleared by each step */
    AdamW(Tensor values, Tensor gradients, LoraSettings.Optimization settings) {
        this.values = values;
        this.gradients = gradients;
        weightDecay = settings.weightDecay();
        clip = settings.clip();
        firstMoment = Scopes.owned(() -> torch.zeros_like(values));
        secondMoment = Scopes.owned(() -> torch.zeros_like(values));
    }

    /**
     * One update. Gradients that are not finite change nothing.
     *
     * @return their norm before clipping
     */
    double step(double rate) {
        step++;
        try (var _ = new NoGradGuard()) {
            double norm = Scopes.plain(() -> gradients.norm().item_double());
            Scopes.run(() -> {
                if (Double.isFinite(norm)) {
                    update(rate, norm);
                }
                gradients.zero_();
            });
            return norm;
        }
    }

    private void update(double rate, double norm) {
        if (norm > clip) {
            gradients.mul_(new Scalar(clip / norm));
        }
        firstMoment.lerp_(gradients, new Scalar(1 - BETA1));
        secondMoment.mul_(new Scalar(BETA2)).addcmul_(gradients, gradients, new Scalar(1 - BETA2));
        double correction1 = 1 - Math.pow(BETA1, step);
        double correction2 = Math.sqrt(1 - Math.pow(BETA2, step));
        Tensor denominator = secondMoment.sqrt().div_(new Scalar(correction2)).add_(new Scalar(EPS));
        values.mul_(new Scalar(1 - rate * weightDecay));
        values.addcdiv_(firstMoment, denominator, new Scalar(-rate / correction1));
    }

    /** What goes into a checkpoint, by name. */
    Map<String, Tensor> state() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("values", values);
        out.put("first_moment", firstMoment);
        out.put("second_moment", secondMoment);
        return out;
    }

    /** Goes on from {@link #state} of {@code step} updates. */
    void restore(Map<String, Tensor> state, long step) {
        this.step = step;
        try (var _ = new NoGradGuard()) {
            state().forEach((name, tensor) -> tensor.copy_(state.get(name)));
        }
    }

    @Override
    public void close() {
        Scopes.close(List.of(firstMoment, secondMoment));
    }
}
