package dev.atelier.training.pretraining;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How wrong a classifier of all aspects at once is. B examples, A aspects, K classes of the aspect that has most. */
public final class AspectLoss {
    private AspectLoss() {}

    /**
     * The weighted mean of the cross-entropies of all aspects, in nats.
     *
     * @param logits (B, A, K)
     * @param labels (B, A) int64
     * @param weights (B, A), how much each counts; 0 or more, not all of them 0
     */
    public static Tensor of(Tensor logits, Tensor labels, Tensor weights) {
        Tensor nll = torch.log_softmax(logits, -1)
                .gather(-1, labels.unsqueeze(-1))
                .squeeze(-1)
                .neg();
        return nll.mul(weights).sum().div(weights.sum());
    }
}
