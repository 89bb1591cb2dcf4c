package dev.atelier.engine.pipeline;

import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import java.nio.file.Path;

/**
 * What a model folder says of itself before its weights are read; {@link ModelInfo} says the same of a loaded one.
 *
 * @param name the folder's own name for itself, else the folder's name
 * @param sizeMultiple widths and heights are multiples of this, pixels
 * @param defaultSize side of the square picture made when no size is given, pixels
 */
public record ModelOutline(String name, int sizeMultiple, int defaultSize, int defaultSteps, double defaultGuidance) {
    /** @throws dev.atelier.engine.tensor.EngineException naming the file and the key that is wrong */
    public static ModelOutline read(Path folder) {
        ModelIndex index = ModelIndex.read(folder);
        JsonConfig vae = JsonConfig.read(folder.resolve("vae/config.json"));
        int multiple = index.autoencoderClass().equals(PatchTransformConfig.CLASS_NAME)
                ? PatchTransformConfig.parse(vae).sizeMultiple()
                : AutoencoderConfig.parse(vae).sizeMultiple();
        return new ModelOutline(
                index.name(),
                multiple,
                index.sizes(multiple).best(),
                index.defaultSteps(),
                index.defaultGuidanceScale());
    }
}
