package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Checks names and shapes of a part that is never run; loads nothing. */
final class CheckedLayers implements Layers {
    private final Weights weights;

    CheckedLayers(Weights weights) {
        this.weights = weights;
    }

    @Override
    public Layers at(Object... parts) {
        return new CheckedLayers(weights.at(parts));
    }

    @Override
    public Linear linear(String name, long in, long out) {
        weights.skip(name + ".weight", out, in);
        return x -> {
            throw new IllegalStateException(weights.fullName(name) + " was not loaded");
        };
    }

    @Override
    public Linear biasedLinear(String name, long in, long out) {
        weights.skip(name + ".bias", out);
        return linear(name, in, out);
    }

    @Override
    public Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry) {
        weights.skip(name + ".weight", out, in, geometry.kernel(), geometry.kernel());
        weights.skip(name + ".bias", out);
        return new Conv2d(null, null, geometry);
    }

    @Override
    public Tensor tensor(String name, long... shape) {
        weights.skip(name, shape);
        return null;
    }

    @Override
    public void counter(String name) {
        weights.ignore(name);
    }

    @Override
    public Embedding embedding(String name, long rows, long dim) {
        weights.skip(name + ".weight", rows, dim);
        return new Embedding(null, DType.F32);
    }

    @Override
    public boolean has(String name) {
        return weights.has(name);
    }

    @Override
    public Layers unused() {
        return this;
    }
}
