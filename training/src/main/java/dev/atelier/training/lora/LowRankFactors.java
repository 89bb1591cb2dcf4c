package dev.atelier.training.lora;

import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.optim.Parameters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The trainable factors of a low-rank adapter (Hu et al. 2021), {@code y = W x + (alpha / r) · B A x}: A (r, in) uniform within
 * ±1/√in as PEFT begins it, B (out, r) zero. First it goes around the layers of a model that is being built; then {@link #create} makes
 * the factors, as views of one flat fp32 tensor, and their gradients as views of another.
 */
public final class LowRankFactors implements LinearAdapter, Parameters, AutoCloseable {
    private final LoraSettings.Adapter settings;
    private final long seed;
    private final Map<String, Pair> pairs = new LinkedHashMap<>();
    private boolean enabled = true;
    private Tensor values;
    private Tensor gradients;

    /** The factors of one layer; null until they are created. */
    private static final class Pair {
        final long in;
        final long out;
        Tensor down; // A (r, in)
        Tensor up; // B (out, r)

        Pair(long in, long out) {
            this.in = in;
            this.out = out;
        }
    }

    public LowRankFactors(LoraSettings.Adapter settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    @Override
    public Linear around(Linear base, String name, long in, long out) {
        if (!settings.targets().includes(name)) {
            return base;
        }
        Pair pair = new Pair(in, out);
        pairs.put(name, pair);
        return x -> Scopes.scoped(() -> {
            Tensor y = base.forward(x);
            if (!enabled) {
                return y;
            }
            DType type = DType.of(x);
            Tensor inner = torch.linear(x, Tensors.to(pair.down, type));
            return y.add(torch.linear(inner, Tensors.to(pair.up, type)), new Scalar(settings.scale()));
        });
    }

    /** Makes the factors of all layers seen so far, on {@code device}. */
    public void create(Device device) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("targets: the model has no layer that "
                    + settings.targets().name().toLowerCase(Locale.ROOT) + " names");
        }
        int rank = settings.rank();
        long count =
                pairs.values().stream().mapToLong(p -> rank * (p.in + p.out)).sum();
        values = Scopes.owned(() -> Tensors.to(Tensors.zeros(DType.F32, count), device));
        gradients = Scopes.owned(() -> Tensors.to(Tensors.zeros(DType.F32, count), device));
        try (var _ = new NoGradGuard()) {
            long at = 0;
            for (Map.Entry<String, Pair> e : pairs.entrySet()) {
                Pair pair = e.getValue();
                pair.down = leaf(at, rank, pair.in);
                at += rank * pair.in;
                pair.up = leaf(at, pair.out, rank);
                at += rank * pair.out;
                Scopes.run(() -> pair.down.copy_(initial(e.getKey(), pair.in)));
            }
        }
        pairs.values().forEach(pair -> {
            pair.down.requires_grad_(true);
            pair.up.requires_grad_(true);
        });
    }

    /** (rows, columns) of the flat values from {@code at}, whose gradient is the same place of the flat gradients. */
    private Tensor leaf(long at, long rows, long columns) {
        Tensor leaf = Scopes.owned(
                () -> values.narrow(0, at, rows * columns).view(rows, columns).detach());
        Scopes.run(() ->
                leaf.mutable_grad().put(gradients.narrow(0, at, rows * columns).view(rows, columns)));
        return leaf;
    }

    private Tensor initial(String layer, long in) {
        SplittableRandom random = new SplittableRandom(seed * 31 + layer.hashCode());
        float[] out = new float[Math.toIntExact(settings.rank() * in)];
        double bound = 1 / Math.sqrt(in);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) random.nextDouble(-bound, bound);
        }
        return Tensors.of(out, settings.rank(), in);
    }

    /** Runs {@code body} with the layers as the base has them. */
    public <T> T without(Supplier<T> body) {
        enabled = false;
        try {
            return body.get();
        } finally {
            enabled = true;
        }
    }

    /** Number of adapted layers. */
    public int layers() {
        return pairs.size();
    }

    @Override
    public Tensor values() {
        return values;
    }

    @Override
    public Tensor gradients() {
        return gradients;
    }

    /** What the file of an adapter holds; tensors of the innermost scope. */
    public interface Sink {
        void accept(String layer, Tensor down, Tensor up);
    }

    /** Hands over every layer's factors, the scale multiplied into {@code up}, as bf16. */
    public void export(Sink sink) {
        pairs.forEach((layer, pair) -> sink.accept(
                layer,
                Tensors.to(pair.down.detach(), DType.BF16),
                Tensors.to(pair.up.detach().mul(new Scalar(settings.scale())), DType.BF16)));
    }

    @Override
    public void close() {
        pairs.values().forEach(pair -> {
            if (pair.down != null) {
                pair.down.close();
                pair.up.close();
            }
        });
        if (values != null) {
            values.close();
            gradients.close();
        }
    }
}
