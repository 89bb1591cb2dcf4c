package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Low-rank adapters of a transformer (Hu et al. 2021), unfused: {@code y = W x + Σ s · (alpha / r) · B A x}. Files have the form
 * that PEFT and diffusers write: {@code transformer.LAYER.lora_A.weight} (r, in), {@code transformer.LAYER.lora_B.weight} (out, r)
 * and, where alpha is not r, {@code transformer.LAYER.alpha}.
 */
public final class LoraAdapters implements LinearAdapter, AutoCloseable {
    private static final String PREFIX = "transformer.";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String ALPHA = ".alpha";

    private final Device device;
    private final Map<String, List<Adapter>> adapters = new HashMap<>();
    private final Set<String> used = new HashSet<>();

    /** @param down (r, in) @param up (out, r), the scale multiplied in */
    private record Adapter(Path file, Tensor down, Tensor up) {}

    public LoraAdapters(Device device) {
        this.device = device;
    }

    /**
     * Adds a file's adapters to those added before.
     *
     * @throws EngineException when the file is not well formed or holds anything else than adapters of a transformer
     */
    public void add(Path path, double scale) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (String name : file.names()) {
                String layer = layer(path, name);
                if (name.endsWith(DOWN)) {
                    adapters.computeIfAbsent(layer, _ -> new ArrayList<>()).add(read(file, layer, scale));
                } else if (!file.names().contains(PREFIX + layer + DOWN)) {
                    throw new EngineException(
                            path + ": " + name + ": there is no " + PREFIX + layer + DOWN + " beside it");
                }
            }
        }
    }

    private static String layer(Path path, String name) {
        for (String end : List.of(DOWN, UP, ALPHA)) {
            if (name.startsWith(PREFIX) && name.endsWith(end)) {
                return name.substring(PREFIX.length(), name.length() - end.length());
            }
        }
        throw new EngineException(path + ": " + name + ": expected names like " + PREFIX + "LAYER" + DOWN);
    }

    private Adapter read(SafetensorsFile file, String layer, double scale) {
        String down = PREFIX + layer + DOWN;
        String up = PREFIX + layer + UP;
        long[] downShape = file.shape(down);
        long[] upShape = file.shape(up);
        if (downShape.length != 2 || upShape.length != 2 || downShape[0] != upShape[1] || downShape[0] == 0) {
            throw new EngineException(file.path() + ": " + layer + ": lora_A " + Arrays.toString(downShape)
                    + " and lora_B " + Arrays.toString(upShape) + " do not share a rank");
        }
        DType type = device.isCuda() ? DType.BF16 : DType.F32;
        double alpha = file.names().contains(PREFIX + layer + ALPHA)
                ? Scopes.plain(() -> file.tensor(PREFIX + layer + ALPHA).item_double())
                : downShape[0];
        double factor = scale * alpha / downShape[0];
        return new Adapter(
                file.path(),
                Scopes.owned(() -> Tensors.to(file.copy(down, device), type)),
                Scopes.owned(() -> Tensors.to(file.copy(up, device).mul(new Scalar(factor)), type)));
    }

    /** {@code base} with the adapters of the layer {@code name} added. @throws EngineException when a shape does not fit */
    @Override
    public Linear around(Linear base, String name, long in, long out) {
        List<Adapter> own = adapters.get(name);
        if (own == null) {
            return base;
        }
        used.add(name);
        for (Adapter adapter : own) {
            if (adapter.down().size(1) != in || adapter.up().size(0) != out) {
                throw new EngineException(
                        adapter.file() + ": " + name + ": expected an adapter from " + in + " to " + out
                                + ", found one from " + adapter.down().size(1) + " to "
                                + adapter.up().size(0));
            }
        }
        return x -> Scopes.scoped(() -> {
            Tensor y = base.forward(x);
            for (Adapter adapter : own) {
                y = y.add(LinearFactory.product(LinearFactory.product(x, adapter.down(), null), adapter.up(), null));
            }
            return y;
        });
    }

    /** @throws EngineException when an adapter belongs to a layer that the model does not have */
    public void requireAllUsed() {
        for (Map.Entry<String, List<Adapter>> e : adapters.entrySet()) {
            if (!used.contains(e.getKey())) {
                throw new EngineException(
                        e.getValue().getFirst().file() + ": " + e.getKey() + ": the model has no such layer");
            }
        }
    }

    @Override
    public void close() {
        adapters.values().forEach(list -> list.forEach(a -> Scopes.close(List.of(a.down(), a.up()))));
        adapters.clear();
    }
}
