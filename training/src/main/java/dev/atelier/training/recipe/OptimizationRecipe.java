package dev.atelier.training.recipe;

import dev.atelier.engine.tensor.DType;

/**
 * How the networks learn.
 *
 * @param adamRate of embeddings, modulation, inputs, outputs and norms
 * @param muonRate of the blocks' matrices; 0: AdamW there too
 * @param warmup steps of rising rates
 * @param decayFrom share of the run after which rates fall linearly to a twentieth
 * @param promptDropout share of examples trained without their words, for classifier-free guidance
 * @param timeShift of the logit-normal noise levels: {@code t' = s t / (1 + (s - 1) t)}
 * @param precision of the layers; weights, their moving average and the optimiser are always fp32
 * @param accumulate equal pieces in which a batch is computed, their gradients added up: the update is the same, the memory that
 *     much less; left out: 1
 */
public record OptimizationRecipe(
        double adamRate,
        double muonRate,
        double weightDecay,
        double clip,
        double emaDecay,
        int warmup,
        double decayFrom,
        double promptDropout,
        double timeShift,
        Precision precision,
        Integer accumulate) {
    public OptimizationRecipe {
        accumulate = accumulate == null ? 1 : accumulate;
        Bounds.above("optimization.adam_rate", adamRate, 0);
        Bounds.atLeast("optimization.muon_rate", muonRate, 0);
        Bounds.atLeast("optimization.weight_decay", weightDecay, 0);
        Bounds.above("optimization.clip", clip, 0);
        Bounds.between("optimization.ema_decay", emaDecay, 0, 1);
        Bounds.atLeast("optimization.warmup", warmup, 1);
        Bounds.between("optimization.decay_from", decayFrom, 0, 1);
        Bounds.between("optimization.prompt_dropout", promptDropout, 0, 1);
        Bounds.above("optimization.time_shift", timeShift, 0);
        Bounds.present("optimization.precision", precision);
        Bounds.atLeast("optimization.accumulate", accumulate, 1);
    }

    /** The numbers that layers compute in. */
    public enum Precision {
        FP32(DType.F32),
        BF16(DType.BF16);

        private final DType type;

        Precision(DType type) {
            this.type = type;
        }

        public DType type() {
            return type;
        }
    }
}
