package dev.atelier.training.optim;

import dev.atelier.engine.nn.Conv2d;
import dev.atelier.engine.nn.Embedding;
import dev.atelier.engine.nn.Layers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes the parameters of a new model while its classes ask for their layers, and owns them. After {@link #flatten} all parameters
 * are views of one flat tensor and their gradients of another, so that an optimiser step is a few operations.
 *
 * <p>Computing may be in bfloat16: then the layers see a rounded copy of the fp32 values, and their gradients are widened by
 * {@link #collect}. On a CPU with AVX512-BF16 a product is four times as fast so.
 *
 * <p>Initialisation: matrices normal with variance 1/in; those that write into a residual stream a fraction of that; modulation and
 * output layers zero (adaLN-Zero, Peebles and Xie 2023), so that a new network begins as the identity.
 */
public final class ParameterStore implements Layers, Parameters, AutoCloseable {
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

    /** @param computeType of the layers: {@code F32} or {@code BF16} */
    public ParameterStore(long seed, DType computeType) {
        this(new Root(seed, computeType), "");
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
        return new Embedding(parameter(name + ".weight", EMBEDDING_DEVIATION, 0, rows, dim), root.computeType);
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
        return Collections.unmodifiableMap(root.slots);
    }

    @Override
    public Collection<Slot> parts() {
        return root.slots.values();
    }

    /** As {@link #flatten(Device)} on the CPU. */
    public void flatten() {
        flatten(Device.CPU);
    }

    /** Moves all parameters into one flat tensor on {@code device} and gives them flat gradients; call once, after the models are built. */
    public void flatten(Device device) {
        root.values = flat(DType.F32, device);
        root.gradients = flat(DType.F32, device);
        boolean rounded = root.computeType != DType.F32;
        root.layerValues = rounded ? flat(root.computeType, device) : root.values;
        root.layerGradients = rounded ? flat(root.computeType, device) : root.gradients;
        try (var _ = new NoGradGuard()) {
            Scopes.run(() -> {
                for (Slot slot : root.slots.values()) {
                    view(root.values, slot).copy_(slot.tensor());
                    slot.tensor().set_data(view(root.layerValues, slot));
                    slot.tensor().requires_grad_(true);
                    slot.tensor().mutable_grad().put(view(root.layerGradients, slot));
                }
            });
        }
        publish();
    }

    private Tensor flat(DType type, Device device) {
        return Scopes.owned(() -> torch.zeros(new long[] {root.count}, Tensors.options(type, device)));
    }

    /** Gives the layers the present {@link #values}; call after every change of them. */
    @Override
    public void publish() {
        if (root.layerValues != root.values) {
            try (var _ = new NoGradGuard()) {
                Scopes.run(() -> root.layerValues.copy_(root.values));
            }
        }
    }

    /** Adds what {@code backward()} has left in the layers to {@link #gradients}; call after every backward pass. */
    public void collect() {
        if (root.layerGradients != root.gradients) {
            try (var _ = new NoGradGuard()) {
                Scopes.run(() -> {
                    root.gradients.add_(root.layerGradients);
                    root.layerGradients.zero_();
                });
            }
        }
    }

    /** The part of a flat tensor of {@link #count} elements that belongs to {@code slot}, in its shape. */
    public static Tensor view(Tensor flat, Slot slot) {
        return flat.narrow(0, slot.offset(), slot.count()).view(slot.shape());
    }

    /** The numbers that the layers compute in. */
    @Override
    public DType computeType() {
        return root.computeType;
    }

    /** All parameters (count). */
    @Override
    public Tensor values() {
        return root.values;
    }

    /** All gradients (count) that were {@link #collect}ed. */
    @Override
    public Tensor gradients() {
        return root.gradients;
    }

    @Override
    public void close() {
        root.slots.values().forEach(s -> s.tensor().close());
        if (root.values != null) {
            Stream.of(root.values, root.gradients, root.layerValues, root.layerGradients)
                    .distinct()
                    .forEach(Tensor::close);
        }
    }

    private static final class Root {
        final long seed;
        final DType computeType;
        final Map<String, Slot> slots = new LinkedHashMap<>();
        long count;
        Tensor values;
        Tensor gradients;
        Tensor layerValues; // what the layers compute with: the values themselves or a rounded copy
        Tensor layerGradients;

        Root(long seed, DType computeType) {
            this.seed = seed;
            this.computeType = computeType;
        }
    }
}
