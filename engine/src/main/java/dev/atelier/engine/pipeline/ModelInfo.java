package dev.atelier.engine.pipeline;

import dev.atelier.engine.tensor.Device;
import java.nio.file.Path;

/**
 * What a loaded model is and does when a request leaves things open.
 *
 * @param name the folder's own name for itself ({@code model_index.json: _name_or_path}) or the folder's name
 * @param distilled few steps without classifier-free guidance
 * @param sizeMultiple widths and heights are multiples of this, pixels
 * @param defaultSize side of the square picture made when no size is given, pixels
 * @param referencePixels of a reference as the model sees it, at most; larger ones are shrunk
 * @param glyphReference taught to write the letters of a reference ({@link dev.atelier.engine.image.WordsReference})
 * @param parameters number of weights in all components
 */
public record ModelInfo(
        String name,
        Path folder,
        boolean distilled,
        int sizeMultiple,
        int defaultSize,
        int defaultSteps,
        double defaultGuidance,
        long referencePixels,
        boolean glyphReference,
        long parameters,
        String precision,
        Device device) {}
