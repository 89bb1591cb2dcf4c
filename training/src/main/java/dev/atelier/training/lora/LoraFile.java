package dev.atelier.training.lora;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes an adapter in the form of PEFT and diffusers: {@code transformer.LAYER.lora_A.weight} (r, in) and {@code .lora_B.weight}
 * (out, r). The scale {@code alpha / r} is multiplied into B, because not every reader knows of an alpha beside the factors; without
 * one all take it for r.
 */
public final class LoraFile {
    private LoraFile() {}

    /** @param about how it was made, for the file's metadata */
    public static void write(Path file, LowRankFactors factors, Map<String, String> about) {
        try (var _ = new NoGradGuard()) {
            Scopes.run(() -> {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                factors.export((layer, down, up) -> {
                    tensors.put("transformer." + layer + ".lora_A.weight", down);
                    tensors.put("transformer." + layer + ".lora_B.weight", up);
                });
                Map<String, String> metadata = new LinkedHashMap<>();
                metadata.put("format", "pt");
                metadata.putAll(about);
                SafetensorsWriter.write(file, tensors, metadata);
            });
        }
    }
}
