package dev.atelier.engine.lora;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the file of an adapter holds, checked before any tensor is copied. */
final class LoraFile {
    /** Where trainers note the model: Stability's model specification, and kohya's tools. */
    private static final List<String> ARCHITECTURE = List.of("modelspec.architecture", "ss_base_model_version");

    private final SafetensorsFile file;
    private final LoraScaling scaling;
    private final Map<String, Map<LoraKey.Part, String>> modules = new LinkedHashMap<>();

    /**
     * A trained layer.
     *
     * @param down name of A (r, in)
     * @param up name of B (out, r)
     * @param factor that the product B A is multiplied with
     * @param targets the layers of the model that it belongs to
     */
    record Trained(String down, String up, double factor, List<LayerNames.Target> targets) {}

    private LoraFile(SafetensorsFile file) {
        this.file = file;
        scaling = LoraScaling.of(file);
    }

    /** @throws EngineException naming the tensor that shows that the file is no LoRA of FLUX.2, or a damaged one */
    static List<Trained> read(SafetensorsFile file) {
        LoraFile lora = new LoraFile(file);
        lora.requireArchitecture();
        file.names().forEach(lora::sort);
        List<Trained> out = new ArrayList<>();
        lora.modules.forEach((module, parts) -> out.add(lora.trained(module, parts)));
        if (out.isEmpty()) {
            throw new EngineException(file.path() + ": holds no tensors, so no adapter");
        }
        return out;
    }

    private void requireArchitecture() {
        for (String key : ARCHITECTURE) {
            String noted = file.metadata().getOrDefault(key, "");
            ForeignAdapter.declaredModel(noted).ifPresent(model -> {
                throw new EngineException(file.path() + ": __metadata__: " + key + " is '" + noted + "': an adapter of "
                        + model + "; adapters of FLUX.2 are read");
            });
        }
    }

    private void sort(String key) {
        ForeignAdapter.kind(key).ifPresent(kind -> {
            throw wrong(key, kind);
        });
        LoraKey parsed = LoraKey.parse(key)
                .orElseThrow(() -> wrong(
                        key,
                        "no part of a LoRA; expected names that end in .lora_A.weight and"
                                + " .lora_B.weight, or .lora_down.weight and .lora_up.weight"));
        if (LayerNames.targets(parsed.module()).isEmpty()) {
            throw wrong(
                    key,
                    ForeignAdapter.model(parsed.module())
                            .map(model -> "a layer of " + model + "; adapters of FLUX.2 are read")
                            .orElse("no layer of FLUX.2 has this name"));
        }
        String other = modules.computeIfAbsent(parsed.module(), _ -> new EnumMap<>(LoraKey.Part.class))
                .putIfAbsent(parsed.part(), key);
        if (other != null) {
            throw wrong(key, "is the same part of the same layer as " + other + "; one adapter a file is read");
        }
    }

    private Trained trained(String module, Map<LoraKey.Part, String> parts) {
        String down = parts.get(LoraKey.Part.DOWN);
        String up = parts.get(LoraKey.Part.UP);
        if (down == null || up == null) {
            throw wrong(
                    parts.values().iterator().next(),
                    "there is no " + (down == null ? "lora_A or lora_down" : "lora_B or lora_up") + " beside it");
        }
        long[] downShape = matrix(down);
        long[] upShape = matrix(up);
        long rank = downShape[0];
        if (rank == 0 || rank != upShape[1]) {
            throw wrong(
                    down,
                    Arrays.toString(file.shape(down)) + " and " + up + " " + Arrays.toString(file.shape(up))
                            + " do not share a rank");
        }
        List<LayerNames.Target> targets = LayerNames.targets(module);
        int pieces = targets.getFirst().rows().parts();
        if (upShape[0] % pieces != 0) {
            throw wrong(up, upShape[0] + " rows are not " + pieces + " equal parts");
        }
        String alpha = parts.get(LoraKey.Part.ALPHA);
        return new Trained(down, up, alpha == null ? scaling.factor(module, rank) : number(alpha) / rank, targets);
    }

    /** Rows and columns; trainers of convolutions write two more sides of 1. */
    private long[] matrix(String key) {
        long[] shape = file.shape(key);
        if (shape.length < 2 || Arrays.stream(shape).skip(2).anyMatch(side -> side != 1)) {
            throw wrong(key, "shape " + Arrays.toString(shape) + " is no matrix");
        }
        requireFloating(key);
        return shape;
    }

    private double number(String key) {
        requireFloating(key);
        long count = Arrays.stream(file.shape(key)).reduce(1, (a, b) -> a * b);
        double value = count == 1 ? Scopes.plain(() -> file.tensor(key).item_double()) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw wrong(key, count == 1 ? value + " is no factor" : count + " numbers, expected 1");
        }
        return value;
    }

    private void requireFloating(String key) {
        if (!file.type(key).isFloating()) {
            throw wrong(key, "stored as " + file.type(key) + "; factors in F32, F16 or BF16 are read");
        }
    }

    private EngineException wrong(String key, String what) {
        return new EngineException(file.path() + ": " + key + ": " + what);
    }
}
