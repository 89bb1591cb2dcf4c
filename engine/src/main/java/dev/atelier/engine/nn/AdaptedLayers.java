package dev.atelier.engine.nn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** Layers with an adapter around the linear ones. */
public final class AdaptedLayers implements Layers {
    private final Layers base;
    private final LinearAdapter adapter;
    private final String prefix;

    /** @param base the whole component's layers */
    public AdaptedLayers(Layers base, LinearAdapter adapter) {
        this(base, adapter, "");
    }

    private AdaptedLayers(Layers base, LinearAdapter adapter, String prefix) {
        this.base = base;
        this.adapter = adapter;
        this.prefix = prefix;
    }

    @Override
    public Layers at(Object... parts) {
        String joined = Arrays.stream(parts).map(Object::toString).collect(Collectors.joining("."));
        return new AdaptedLayers(base.at(parts), adapter, prefix + joined + ".");
    }

    @Override
    public Linear linear(String name, long in, long out) {
        return adapter.around(base.linear(name, in, out), prefix + name, in, out);
    }

    @Override
    public Linears linears(List<String> names, long in, long out) {
        return adapter == LinearAdapter.NONE ? base.linears(names, in, out) : Layers.super.linears(names, in, out);
    }

    @Override
    public Linear biasedLinear(String name, long in, long out) {
        return adapter.around(base.biasedLinear(name, in, out), prefix + name, in, out);
    }

    @Override
    public Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry) {
        return base.conv(name, in, out, geometry);
    }

    @Override
    public Tensor tensor(String name, long... shape) {
        return base.tensor(name, shape);
    }

    @Override
    public void counter(String name) {
        base.counter(name);
    }

    @Override
    public Embedding embedding(String name, long rows, long dim) {
        return base.embedding(name, rows, dim);
    }

    @Override
    public boolean has(String name) {
        return base.has(name);
    }

    @Override
    public Layers unused() {
        return base.unused();
    }
}
