package dev.atelier.training.stage;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Embedding;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes the parameters of a new model while its classes ask for their layers, and owns them. After {@link #flatten} all parameters
 * are views of one flat tensor and their gradients of another, so that an optimiser step is a few operations.
 *
 * <p>Initialisation: matrices normal with variance 1/in; those that write into a residual stream a fraction of that; modulation and
 * output layers zero (adaLN-Zero, Peebles and Xie 2023), so that a new network begins as the identity.
 */
public final class ParameterStore implements Layers, AutoCloseable {
    private static final double EMBEDDING_DEVIATION = 0.05;
    private static final double RESIDUAL_FACTOR = 0.4;

    private final Root root;
    private final String prefix;

    /** A parameter's place in the flat tensor. */
    public record Slot(String name, long[] shape, long offset, long count, Tensor tensor) {}

    private ParameterStore(Root root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    public ParameterStore(long seed) {
        this(new Root(seed), "");
    }

    @Override
    public ParameterStore at(Object... parts) {
        return new ParameterStore(
                root, prefix + Arrays.stream(parts).map(Object::toString).collect(Collectors.joining(".")) + ".");
    }

    @Override
    public Linear linear(String name, long in, long out) {
        Tensor weight = parameter(name + ".weight", deviation(prefix + name, in), 0, out, in);
        return x -> torch.linear(x, weight);
    }

    @Override
    public Linear biasedLinear(String name, long in, long out) {
        Tensor weight = parameter(name + ".weight", deviation(prefix + name, in), 0, out, in);
        Tensor bias = parameter(name + ".bias", 0, 0, out);
        return x -> torch.linear(x, weight, new TensorOptional(bias));
    }

    @Override
    public Conv2d conv(String name, long in, long out, Conv2d.Geometry geometry) {
        int kernel = geometry.kernel();
        // The second convolution of a residual block starts at zero; measured 3 dB better than libtorch's own
        // initialisation.
        double deviation = name.equals("conv2") ? 0 : 1 / Math.sqrt(in * (double) kernel * kernel);
        Tensor weight = parameter(name + ".weight", deviation, 0, out, in, kernel, kernel);
        return new Conv2d(weight, parameter(name + ".bias", 0, 0, out), geometry);
    }

    @Override
    public Tensor tensor(String name, long... shape) {
        return parameter(name, 0, name.endsWith("bias") || name.endsWith("running_mean") ? 0 : 1, shape);
    }

    @Override
    public void counter(String name) {
        // Training keeps no such count.
    }

    @Override
    public Embedding embedding(String name, long rows, long dim) {
        return new Embedding(parameter(name + ".weight", EMBEDDING_DEVIATION, 0, rows, dim), DType.F32);
    }

    @Override
    public boolean has(String name) {
        return false;
    }

    @Override
    public Layers unused() {
        return this;
    }

    private static double deviation(String name, long in) {
        if (name.contains("modulation") || name.contains("norm_out") || name.endsWith("proj_out")) {
            return 0;
        }
        boolean residual = name.endsWith("o_proj") || name.endsWith("down_proj");
        return (residual ? RESIDUAL_FACTOR : 1) / Math.sqrt(in);
    }

    private Tensor parameter(String name, double deviation, double mean, long... shape) {
        String full = prefix + name;
        if (root.slots.containsKey(full)) {
            throw new IllegalArgumentException(full + ": asked for twice");
        }
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = new float[Math.toIntExact(count)];
        SplittableRandom random = new SplittableRandom(root.seed * 31 + full.hashCode());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation == 0 ? mean : mean + deviation * random.nextGaussian());
        }
        Tensor tensor = Scopes.owned(() -> Tensors.of(values, shape));
        root.slots.put(full, new Slot(full, shape.clone(), root.count, count, tensor));
        root.count += count;
        return tensor;
    }

    /** Number of parameters. */
    public long count() {
        return root.count;
    }

    /** Every parameter by its full name, in the order of the flat tensor. */
    public Map<String, Slot> slots() {
        return java.util.Collections.unmodifiableMap(root.slots);
    }

    /** Moves all parameters into one flat tensor and gives them flat gradients; call once, after the models are built. */
    public void flatten() {
        root.values = Scopes.owned(() -> Tensors.empty(DType.F32, root.count));
        root.gradients = Scopes.owned(() -> Tensors.zeros(DType.F32, root.count));
        try (var _ = new org.bytedeco.pytorch.NoGradGuard()) {
            Scopes.run(() -> {
                for (Slot slot : root.slots.values()) {
                    Tensor place = view(root.values, slot);
                    place.copy_(slot.tensor());
                    slot.tensor().set_data(place);
                    slot.tensor().requires_grad_(true);
                    slot.tensor().mutable_grad().put(view(root.gradients, slot));
                }
            });
        }
    }

    /** The part of a flat tensor of {@link #count} elements that belongs to {@code slot}, in its shape. */
    public static Tensor view(Tensor flat, Slot slot) {
        return flat.narrow(0, slot.offset(), slot.count()).view(slot.shape());
    }

    /** All parameters (count). */
    public Tensor values() {
        return root.values;
    }

    /** All gradients (count), accumulated by {@code backward()}. */
    public Tensor gradients() {
        return root.gradients;
    }

    @Override
    public void close() {
        root.slots.values().forEach(s -> s.tensor().close());
        if (root.values != null) {
            root.values.close();
            root.gradients.close();
        }
    }

    private static final class Root {
        final long seed;
        final Map<String, Slot> slots = new LinkedHashMap<>();
        long count;
        Tensor values;
        Tensor gradients;

        Root(long seed) {
            this.seed = seed;
        }
    }
}
