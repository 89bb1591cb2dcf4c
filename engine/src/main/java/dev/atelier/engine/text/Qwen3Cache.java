package dev.atelier.engine.text;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Keys and values of the tokens seen so far, one buffer of fixed capacity a layer. Owned by whoever made it. */
final class Qwen3Cache implements AutoCloseable {
    private final List<Layer> layers = new ArrayList<>();
    private final int capacity;
    private long length;

    Qwen3Cache(Qwen3Config config, int capacity, Device device) {
        this.capacity = capacity;
        long[] shape = {1, config.numKeyValueHeads(), capacity, config.headDim()};
        DType type = device.computeType();
        for (int i = 0; i < config.numHiddenLayers(); i++) {
            layers.add(new Layer(
                    Scopes.owned(() -> Tensors.to(Tensors.empty(type, shape), device)),
                    Scopes.owned(() -> Tensors.to(Tensors.empty(type, shape), device))));
        }
    }

    /** Tokens seen so far. */
    long length() {
        return length;
    }

    int capacity() {
        return capacity;
    }

    void advance(long tokens) {
        length += tokens;
    }

    Layer layer(int index) {
        return layers.get(index);
    }

    @Override
    public void close() {
        layers.forEach(l -> Scopes.close(List.of(l.keys, l.values)));
        layers.clear();
    }

    /** The buffers (1, G, capacity, E) of one layer. */
    record Layer(Tensor keys, Tensor values) {
        void append(Tensor key, Tensor value, long at) {
            keys.narrow(2, at, key.size(2)).copy_(key);
            values.narrow(2, at, value.size(2)).copy_(value);
        }

        Tensor keys(long count) {
            return keys.narrow(2, 0, count);
        }

        Tensor values(long count) {
            return values.narrow(2, 0, count);
        }
    }
}
