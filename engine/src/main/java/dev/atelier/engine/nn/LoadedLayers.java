package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Layers over the tensors of a model folder, in the precision asked for. */
public final class LoadedLayers implements Layers {
    private final Weights weights;
    private final LinearFactory linears;
    private final DType computeType;

    /** @param linears makes the linear layers of this component */
    public LoadedLayers(Weights weights, LinearFactory linears) {
        this.weights = weights;
        this.linears = linears;
        this.computeType = weights.device().computeType();
    }

    @Override
    public Layers at(Object... parts) {
        return new LoadedLayers(weights.at(parts), linears);
    }

    @Override
    public Linear linear(String name, long in, long out) {
        return linears.make(weights, name, in, out, false);
    }

    @Override
    public Linears linears(List<String> names, long in, long out) {
        return linears.packs(weights, names)
                ? linears.together(weights, names, in, out)
                : Layers.super.linears(names, in, out);
    }

    @Override
    public Linear biasedLinear(String name, long in, long out) {
        return linears.make(weights, name, in, out, true);
    }

    @Override
    public Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry) {
        Tensor stored = weights.tensor(name + ".weight", out, in, geometry.kernel(), geometry.kernel());
        Tensor weight = weights.own(
                Scopes.owned(() -> Tensors.to(stored, computeType).contiguous(torch.MemoryFormat.ChannelsLast)));
        return new Conv2d(weight, tensor(name + ".bias", out), geometry);
    }

    @Override
    public Tensor tensor(String name, long... shape) {
        Tensor stored = weights.tensor(name, shape);
        return weights.own(Scopes.owned(() -> Tensors.to(stored, computeType)));
    }

    @Override
    public void counter(String name) {
        weights.ignore(name);
    }

    @Override
    public Embedding embedding(String name, long rows, long dim) {
        boolean decoded =
                weights.isEncoded(name + ".weight") && !weights.device().isCuda();
        return decoded
                ? Embedding.decoded(weights, name + ".weight", rows, dim, computeType)
                : new Embedding(weights.tensor(name + ".weight", rows, dim), computeType);
    }

    /** On a CPU a linear layer as any other: widening the whole table for one token would cost more than everything else. */
    @Override
    public Linear tiedLinear(String name, Embedding table, long in, long out) {
        return weights.device().isCuda()
                ? Layers.super.tiedLinear(name, table, in, out)
                : linears.make(weights, name, in, out, false);
    }

    @Override
    public boolean has(String name) {
        return weights.has(name);
    }

    @Override
    public Layers unused() {
        return new CheckedLayers(weights);
    }
}
