package dev.atelier.training.sharpening;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.Positions;
import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Patches;
import dev.atelier.engine.weights.Weights;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The sharpener's network over trainable parameters: the base's transformer for other tokens. It begins with the base's blocks, which
 * know what things look like; its first and last layer are new.
 */
final class SharpenerModel implements AutoCloseable {
    final ParameterStore parameters;
    final TransformerConfig config;
    private final Flux2Transformer transformer;
    private final Device device;

    /** @param base folder of the model whose pictures are sharpened */
    SharpenerModel(Recipe recipe, Path base) {
        TransformerConfig of = TransformerConfig.read(base.resolve("transformer"));
        int channels = recipe.sharpener().channels();
        config = of.withChannels(2 * channels, channels);
        device = recipe.trainingDevice();
        parameters = new ParameterStore(
                recipe.seed(), recipe.optimization().precision().type());
        transformer = new Flux2Transformer(config, parameters);
        parameters.flatten(device);
        begin(base.resolve("transformer"));
    }

    private void begin(Path transformerFolder) {
        try (Weights weights = Weights.open(transformerFolder, "diffusion_pytorch_model", Device.CPU);
                var _ = new NoGradGuard()) {
            Scopes.run(() -> parameters.slots().forEach((name, slot) -> {
                if (weights.has(name) && Arrays.equals(weights.shape(name), slot.shape())) {
                    ParameterStore.view(parameters.values(), slot).copy_(weights.view(name));
                }
            }));
        }
        parameters.publish();
    }

    /**
     * The predicted sharp latents.
     *
     * @param state (B, C, h, w) of the path
     * @param coarse (B, C, h, w)
     * @param references (B, C, h, w) each
     * @param promptEmbeds (B, L, J)
     * @param time (B)
     * @return (B, C, h, w) float32
     */
    Tensor predict(Tensor state, Tensor coarse, List<Tensor> references, Tensor promptEmbeds, Tensor time) {
        long rows = state.size(2);
        long columns = state.size(3);
        DType type = parameters.computeType();
        Tensor positions = Tensors.cat(0, Positions.text(promptEmbeds.size(1)), Positions.image(rows, columns));
        Tensor out = transformer.forward(
                Tensors.to(Patches.pack(Tensors.cat(1, state, coarse)), type),
                Tensors.to(promptEmbeds, type),
                time,
                null,
                transformer.rotaryEmbedding(positions, device),
                extract(references));
        return Patches.unpack(Tensors.to(out, DType.F32), rows, columns);
    }

    private ReferenceCache extract(List<Tensor> references) {
        if (references.isEmpty()) {
            return ReferenceCache.EMPTY;
        }
        List<Tensor> tokens = new ArrayList<>();
        List<Tensor> positions = new ArrayList<>();
        for (Tensor reference : references) {
            tokens.add(Patches.pack(Tensors.cat(1, reference, reference)));
            positions.add(Positions.reference(positions.size(), reference.size(2), reference.size(3)));
        }
        return transformer.extract(
                Tensors.to(Tensors.cat(1, tokens), parameters.computeType()),
                null,
                transformer.rotaryEmbedding(Tensors.cat(0, positions), device),
                ReferenceCache.EMPTY);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
