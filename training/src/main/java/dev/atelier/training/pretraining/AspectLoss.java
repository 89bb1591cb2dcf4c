package dev.atelier.training.pretraining;

import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How wrong a classifier of all aspects at once is. B examples, A aspects of a block, K classes of the one that has most. */
public final class AspectLoss {
    private AspectLoss() {}

    /**
     * The weighted mean of the cross-entropies of all aspects, in nats.
     *
     * @param logits (B, A, K) of each block, in the order of aspects
     * @param labels (B, A) int64 of all aspects
     * @param weights (B, A) of all aspects, how much each counts; 0 or more, not all of them 0
     */
    public static Tensor of(List<Tensor> logits, Tensor labels, Tensor weights) {
        List<Tensor> sums = new ArrayList<>();
        long first = 0;
        for (Tensor block : logits) {
            long aspects = block.size(1);
            Tensor right = labels.narrow(1, first, aspects).unsqueeze(-1);
            Tensor nll =
                    torch.log_softmax(block, -1).gather(-1, right).squeeze(-1).neg();
            sums.add(nll.mul(weights.narrow(1, first, aspects)).sum());
            first += aspects;
        }
        return Tensors.stack(0, sums).sum().div(weights.sum());
    }
}
