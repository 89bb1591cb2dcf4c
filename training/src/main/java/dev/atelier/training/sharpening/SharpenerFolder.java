package dev.atelier.training.sharpening;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.pretraining.ModelFolderWriter;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.SharpenerRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A copy of a model's folder with a sharpener in it: {@code sharpener}, {@code sharpener_vae} and their keys in {@code model_index.json}. */
final class SharpenerFolder {
    private SharpenerFolder() {}

    /** @param weights flat parameters (count) */
    static void write(Path folder, Path base, Path transform, Recipe recipe, SharpenerModel model, Tensor weights)
            throws IOException {
        copy(base, folder);
        copy(transform, folder.resolve("sharpener_vae"));
        Path network = Files.createDirectories(folder.resolve("sharpener"));
        Scopes.run(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            model.parameters
                    .slots()
                    .forEach((name, slot) ->
                            tensors.put(name, Tensors.to(ParameterStore.view(weights, slot), DType.BF16)));
            SafetensorsWriter.write(
                    network.resolve("diffusion_pytorch_model.safetensors"), tensors, Map.of("format", "pt"));
        });
        ModelFolderWriter.writeTransformerConfig(network.resolve("config.json"), model.config);
        index(folder.resolve("model_index.json"), recipe.sharpener());
    }

    private static void index(Path file, SharpenerRecipe settings) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode index = (ObjectNode) json.readTree(Files.readString(file));
        index.putPOJO("sharpener", List.of("diffusers", "Flux2Transformer2DModel"));
        index.putPOJO("sharpener_vae", List.of("atelier", "PatchTransformAutoencoder"));
        index.put("sharpener_noise", settings.noise());
        index.put("sharpener_steps", settings.steps());
        index.put("sharpener_window", settings.window());
        Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(index) + "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
