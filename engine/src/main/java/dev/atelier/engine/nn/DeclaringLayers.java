package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** Loads nothing and notes which tensors of which shapes a model asks for: what a folder of its configuration holds. */
public final class DeclaringLayers implements Layers {
    private final Map<String, long[]> shapes;
    private final String prefix;

    public DeclaringLayers() {
        this(new LinkedHashMap<>(), "");
    }

    private DeclaringLayers(Map<String, long[]> shapes, String prefix) {
        this.shapes = shapes;
        this.prefix = prefix;
    }

    /** Shapes by full tensor name, in the order asked for. */
    public Map<String, long[]> shapes() {
        return shapes;
    }

    @Override
    public Layers at(Object... parts) {
        String joined = Arrays.stream(parts).map(Object::toString).collect(Collectors.joining("."));
        return new DeclaringLayers(shapes, prefix + joined + ".");
    }

    @Override
    public Linear linear(String name, long in, long out) {
        tensor(name + ".weight", out, in);
        return x -> {
            throw new IllegalStateException(prefix + name + " was declared, not loaded");
        };
    }

    @Override
    public Linear biasedLinear(String name, long in, long out) {
        tensor(name + ".bias", out);
        return linear(name, in, out);
    }

    @Override
    public Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry) {
        tensor(name + ".weight", out, in, geometry.kernel(), geometry.kernel());
        tensor(name + ".bias", out);
        return new Conv2d(null, null, geometry);
    }

    @Override
    public Tensor tensor(String name, long... shape) {
        shapes.put(prefix + name, shape.clone());
        return null;
    }

    @Override
    public void counter(String name) {
        // Optional in a file, so not declared.
    }

    @Override
    public Embedding embedding(String name, long rows, long dim) {
        tensor(name + ".weight", rows, dim);
        return new Embedding(null, DType.F32);
    }

    /** Nothing that a configuration does not ask for is declared. */
    @Override
    public boolean has(String name) {
        return shapes.containsKey(prefix + name);
    }

    @Override
    public Layers unused() {
        return this;
    }
}
