package dev.atelier.engine.dit;

import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Keys (after rotary positions) and values of one attention layer, each (B, H, S, E). */
record KeyValue(Tensor key, Tensor value) {
    /** These, with {@code earlier} before them along the sequence; {@code earlier} may be null. */
    KeyValue after(KeyValue earlier) {
        if (earlier == null) {
            return this;
        }
        long batch = key.size(0);
        return new KeyValue(
                Tensors.cat(2, widen(earlier.key, batch), key), Tensors.cat(2, widen(earlier.value, batch), value));
    }

    /** The same numbers in memory of their own: as computed, they may be parts of tensors many times as large. */
    KeyValue compact() {
        return new KeyValue(key.contiguous(), value.contiguous());
    }

    private static Tensor widen(Tensor x, long batch) {
        return x.size(0) == batch ? x : x.expand(batch, x.size(1), x.size(2), x.size(3));
    }
}
