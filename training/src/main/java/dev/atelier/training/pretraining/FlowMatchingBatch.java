package dev.atelier.training.pretraining;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What one update learns from, noised. B examples, N tokens, C channels.
 *
 * @param clean (B, N, C)
 * @param noisy (B, N, C), {@code (1 - t) clean + t noise}
 * @param time (B), noise level t of each
 * @param weight (B, N, 1)
 * @param references (B, N, C) each, in order
 * @param side tokens a side
 */
record FlowMatchingBatch(
        Tensor clean,
        Tensor noisy,
        Tensor time,
        Tensor weight,
        List<Tensor> references,
        StudentModel.Prompts prompts,
        int side) {
    /** The losses (count) of {@code count} examples from {@code from} on; a part of the batch gives what the whole would give for it. */
    Tensor losses(StudentModel model, int from, int count) {
        Tensor t = time.narrow(0, from, count);
        List<Tensor> pieces =
                references.stream().map(r -> r.narrow(0, from, count)).toList();
        Tensor embeds = model.embed(prompts, from, count);
        Tensor predicted = model.predict(noisy.narrow(0, from, count), embeds, t, model.extract(pieces, side), side);
        return StudentModel.losses(predicted, clean.narrow(0, from, count), t, weight.narrow(0, from, count));
    }

    /** Examples. */
    int count() {
        return (int) clean.size(0);
    }
}
