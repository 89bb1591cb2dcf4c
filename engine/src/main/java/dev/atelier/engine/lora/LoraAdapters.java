package dev.atelier.engine.lora;

import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.nn.LinearAdapter;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Low-rank adapters of the FLUX.2 transformer (Hu et al. 2021), unfused: {@code y = W x + Σ s · (alpha / r) · B A x}.
 *
 * <p>A file holds A (r, in) as {@code lora_A} or {@code lora_down} and B (out, r) as {@code lora_B} or {@code lora_up}, for layers under
 * diffusers' names or those of Black Forest Labs, where queries, keys and values are one layer; {@code alpha} beside them, or in what
 * PEFT and diffusers note, is r unless said otherwise. So write diffusers, PEFT, fal, ai-toolkit, ComfyUI, kohya's sd-scripts and
 * musubi-tuner, SimpleTuner and LyCORIS (LoCon), OneTrainer and DiffSynth.
 */
public final class LoraAdapters implements LinearAdapter, AutoCloseable {
    private final Device device;
    private final DType type;
    private final Map<String, List<Adapter>> adapters = new HashMap<>();
    private final List<Tensor> owned = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    /**
     * @param where the file and the name of a factor in it, for messages
     * @param down (r, in)
     * @param up (out, r), the scale multiplied in
     */
    private record Adapter(String where, Tensor down, Tensor up) {}

    public LoraAdapters(Device device) {
        this.device = device;
        type = device.computeType();
    }

    /**
     * Adds a file's adapters to those added before.
     *
     * @throws EngineException when the file is not well formed or holds anything else than a LoRA of FLUX.2
     */
    public void add(Path path, double scale) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (LoraFile.Trained trained : LoraFile.read(file)) {
                Tensor down = own(Scopes.owned(() -> Tensors.to(matrix(file, trained.down()), type)));
                for (LayerNames.Target target : trained.targets()) {
                    Tensor up = own(Scopes.owned(() -> {
                        Tensor rows = target.rows().of(matrix(file, trained.up()));
                        return Tensors.to(rows.mul(new Scalar(scale * trained.factor())), type);
                    }));
                    adapters.computeIfAbsent(target.layer(), _ -> new ArrayList<>())
                            .add(new Adapter(path + ": " + trained.down(), down, up));
                }
            }
        }
    }

    private Tensor matrix(SafetensorsFile file, String name) {
        Tensor stored = Tensors.to(file.copy(name, device), DType.F32);
        return stored.reshape(stored.size(0), stored.size(1));
    }

    private Tensor own(Tensor tensor) {
        owned.add(tensor);
        return tensor;
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
            long from = adapter.down().size(1);
            long to = adapter.up().size(0);
            if (from != in || to != out) {
                throw new EngineException(
                        adapter.where() + ": " + name + ": expected an adapter from " + in + " to " + out
                                + ", found one from " + from + " to " + to
                                + ": it was made for a model of another size, or another model");
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
                throw new EngineException(e.getValue().getFirst().where() + ": the model has no layer " + e.getKey()
                        + ": the adapter was made for a larger or another model");
            }
        }
    }

    @Override
    public void close() {
        Scopes.close(owned);
        owned.clear();
        adapters.clear();
    }
}
