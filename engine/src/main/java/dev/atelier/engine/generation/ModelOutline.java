package dev.atelier.engine.generation;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.ModelInfo;
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
 * @param glyphReference taught to write the letters of a reference
 * @param guidance what a guidance scale does
 * @param memory what the making of a picture needs beside the weights
 */
public record ModelOutline(
        String name,
        int sizeMultiple,
        int defaultSize,
        int defaultSteps,
        double defaultGuidance,
        boolean glyphReference,
        Guidance guidance,
        Memory memory) {
    /** What a guidance scale does with a model. */
    public enum Guidance {
        /** Nothing: the model was distilled to few steps without it. */
        NONE,
        /** The model was taught it and sees it as a number; a negative prompt does nothing. */
        EMBEDDED,
        /** Above 1 every step is also made with the negative prompt. */
        CLASSIFIER_FREE
    }

    /** Bytes a pixel that the patch transform holds: its components and the refined picture. */
    private static final long PATCH_BYTES = 256;
    /** Bytes a pixel that the convolutions of FLUX.2's decoder hold, as measured at 1104x1104. */
    private static final long CONVOLUTION_BYTES = 1900;

    /**
     * What determines the memory that the making of a picture needs beside the weights.
     *
     * @param textTokens of the longest prompt
     * @param tokenPixels pixels a token stands for
     * @param tokenBytes of a token's widest intermediate in a transformer block
     * @param nativePixels of the largest picture that is made in one piece; larger ones are made in windows and tiles of it
     * @param decodedPixelBytes what the autoencoder holds at a time for each pixel it decodes
     */
    public record Memory(
            long textTokens, long tokenPixels, long tokenBytes, long nativePixels, long decodedPixelBytes) {
        /** Widest intermediates alive at the same time: a block's input products, its output and what both are made of. */
        private static final int ALIVE = 3;
        /**
         * Bytes a pixel of a finished picture and of what it is blended and encoded from: two times three floats, and files and rows
         * in the heap. Measured: a 4096x4096 picture took 513 MB more than a 2048x2048 one.
         */
        private static final int PICTURE_BYTES = 41;
        /** What the batches of windows of a larger picture hold at least, whatever its size; measured at both of these sizes. */
        private static final long WINDOWED_BYTES = 450_000_000;

        /**
         * An upper estimate of the bytes at work for one picture, without weights and without what the process needs anyway.
         *
         * @param pixels of the picture
         * @param guided whether classifier-free guidance doubles the pass
         */
        public long workingBytes(long pixels, boolean guided) {
            long piece = Math.min(pixels, nativePixels);
            long tokens = textTokens + piece / tokenPixels;
            long denoising = ALIVE * tokens * tokenBytes * (guided ? 2 : 1);
            long windowed = pixels > nativePixels ? WINDOWED_BYTES : 0;
            return Math.max(windowed, Math.max(denoising, piece * decodedPixelBytes)) + pixels * PICTURE_BYTES;
        }
    }

    /** @throws dev.atelier.engine.tensor.EngineException naming the file and the key that is wrong */
    public static ModelOutline read(Path folder) {
        ModelIndex index = ModelIndex.read(folder);
        JsonConfig vae = JsonConfig.read(folder.resolve("vae/config.json"));
        TransformerConfig transformer = TransformerConfig.read(folder.resolve("transformer"));
        boolean patches = index.autoencoderClass().equals(PatchTransformConfig.CLASS_NAME);
        int multiple = patches
                ? PatchTransformConfig.parse(vae).sizeMultiple()
                : AutoencoderConfig.parse(vae).sizeMultiple();
        NativeSizes sizes = index.sizes(multiple);
        return new ModelOutline(
                index.name(),
                multiple,
                sizes.best(),
                index.defaultSteps(),
                index.defaultGuidanceScale(),
                index.glyphReference(),
                guidance(index, transformer),
                new Memory(
                        index.maxSequenceLength(),
                        (long) multiple * multiple,
                        Float.BYTES * (3L * transformer.dim() + 2L * transformer.mlpDim()),
                        (long) sizes.max() * sizes.max(),
                        patches ? PATCH_BYTES : CONVOLUTION_BYTES));
    }

    private static Guidance guidance(ModelIndex index, TransformerConfig transformer) {
        if (transformer.guidanceEmbeds()) {
            return Guidance.EMBEDDED;
        }
        return index.distilled() ? Guidance.NONE : Guidance.CLASSIFIER_FREE;
    }

    /**
     * Whether a picture of this size can be made or edited.
     *
     * @throws IllegalArgumentException naming size and bound
     */
    public void requireSize(PictureSize size) {
        Canvas.requireSize(size.width(), size.height(), sizeMultiple);
    }
}
