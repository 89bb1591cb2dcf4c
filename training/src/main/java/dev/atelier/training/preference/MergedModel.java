package dev.atelier.training.preference;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import dev.atelier.training.lora.LowRankFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A copy of a model's folder whose transformer has an adapter added into its weights: {@code W + scale B A}. */
final class MergedModel {
    private static final String WEIGHT = ".weight";

    private MergedModel() {}

    /** @return {@code folder} */
    static Path write(Path base, Path folder, LowRankFactors factors) throws IOException {
        Path transformer = base.resolve("transformer");
        if (Weights.isOneFile(transformer, TransformerConfig.FILE)) {
            throw new EngineException(
                    transformer + ": its weights are one GGUF or single-file checkpoint; votes are merged into those"
                            + " that diffusers writes: atelier convert writes them, into " + TransformerConfig.FILE
                            + ".safetensors");
        }
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(base.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.startsWith(transformer) || !file.toString().endsWith(".safetensors")) {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        try (var _ = new NoGradGuard();
                Stream<Path> files = Files.list(transformer)) {
            Map<String, Tensor> changes = changes(factors);
            try {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
                    merge(file, folder.resolve("transformer").resolve(file.getFileName()), changes);
                }
            } finally {
                changes.values().forEach(Tensor::close);
            }
        }
        return folder;
    }

    /** What is added to each weight, by its name; owned by the caller. */
    private static Map<String, Tensor> changes(LowRankFactors factors) {
        Map<String, Tensor> out = new HashMap<>();
        Scopes.run(() -> factors.export((layer, down, up) -> out.put(
                layer + WEIGHT,
                Scopes.owned(() -> Tensors.to(up, DType.F32)
                        .matmul(Tensors.to(down, DType.F32))
                        .cpu()))));
        return out;
    }

    private static void merge(Path from, Path to, Map<String, Tensor> changes) {
        try (SafetensorsFile file = SafetensorsFile.open(from)) {
            List<SafetensorsWriter.Declared> declared = new ArrayList<>();
            for (String name : file.names()) {
                declared.add(new SafetensorsWriter.Declared(name, file.type(name), file.shape(name)));
            }
            try (SafetensorsWriter writer = SafetensorsWriter.create(to, declared, file.metadata())) {
                for (String name : file.names()) {
                    Scopes.run(() -> writer.put(name, merged(file, name, changes.get(name))));
                }
                writer.finish();
            }
        }
    }

    private static Tensor merged(SafetensorsFile file, String name, Tensor change) {
        Tensor weight = file.tensor(name);
        if (change == null) {
            return weight;
        }
        DType type = file.type(name);
        if (type != DType.F32 && type != DType.BF16 && type != DType.F16) {
            throw new EngineException(file.path() + ": " + name + ": weights of type " + type
                    + " cannot take an adapter in; use the adapter's file");
        }
        return Tensors.to(Tensors.to(weight, DType.F32).add(change), type);
    }
}
