package dev.atelier.engine.dit;

import dev.atelier.engine.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Keys and values of reference tokens at every attention layer, computed once: reference tokens attend among themselves (and to
 * references extracted before them) only, at time 0, so nothing in them depends on the text, the image being made or its time.
 * Source: diffusers {@code Flux2KVCache}, {@code pipeline_flux2_klein_kv.py}.
 *
 * @param layers double-stream layers, then single-stream layers; empty when there are no references
 * @param tokens reference tokens
 */
public record ReferenceCache(List<KeyValue> layers, long tokens) implements AutoCloseable {
    /** No references. */
    public static final ReferenceCache EMPTY = new ReferenceCache(List.of(), 0);

    public ReferenceCache {
        layers = List.copyOf(layers);
    }

    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** The cache of a layer; null when there are no references. */
    KeyValue layer(int index) {
        return layers.isEmpty() ? null : layers.get(index);
    }

    /** The same tensors out of every scope: the caller closes the result. */
    public ReferenceCache owned() {
        List<KeyValue> own = new ArrayList<>();
        for (KeyValue layer : layers) {
            own.add(new KeyValue(Scopes.own(layer.key()), Scopes.own(layer.value())));
        }
        return new ReferenceCache(own, tokens);
    }

    /** Bytes of all keys and values. */
    public long bytes() {
        return layers.stream()
                .flatMap(l -> List.of(l.key(), l.value()).stream())
                .mapToLong(Tensor::nbytes)
                .sum();
    }

    @Override
    public void close() {
        layers.forEach(l -> Scopes.close(List.of(l.key(), l.value())));
    }
}
