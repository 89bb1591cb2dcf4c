package dev.atelier.engine.vae;

import dev.atelier.engine.weights.JsonConfig;

/**
 * {@code vae/config.json} of a {@code PatchTransformAutoencoder}.
 *
 * @param patchSize pixels a side of a token
 * @param latentChannels components kept of each patch's {@code 3 * patchSize²}
 * @param lapped whether patches overlap by half ({@link LapFilter})
 * @param upscale pixels of a picture a side of one pixel of the transform: pictures are shrunk before and enlarged after it
 * @param refinerWidth channels of the {@link PatchRefiner} after the transform; 0: there is none
 * @param refinerBlocks of the refiner
 */
public record PatchTransformConfig(
        int patchSize, int latentChannels, boolean lapped, int upscale, int refinerWidth, int refinerBlocks) {
    public static final String CLASS_NAME = "PatchTransformAutoencoder";

    public static PatchTransformConfig parse(JsonConfig json) {
        json.requireText("_class_name", CLASS_NAME);
        int patch = json.integer("patch_size", 4, 128);
        if (patch % PatchRefiner.CELL != 0) {
            throw json.wrong("patch_size", "a multiple of " + PatchRefiner.CELL);
        }
        return new PatchTransformConfig(
                patch,
                json.integer("latent_channels", 1, 3 * patch * patch),
                json.bool("lapped", true),
                json.integer("upscale", 1, 8, 1),
                json.integer("refiner_width", 0, 512, 0),
                json.integer("refiner_blocks", 1, 32, 1));
    }

    public PatchTransformConfig withLatentChannels(int channels) {
        return new PatchTransformConfig(patchSize, channels, lapped, upscale, refinerWidth, refinerBlocks);
    }

    /** Pixels a side of one token. */
    public int sizeMultiple() {
        return patchSize * upscale;
    }

    /** Numbers of a patch: three colours of every pixel. */
    public int patchElements() {
        return 3 * patchSize * patchSize;
    }
}
