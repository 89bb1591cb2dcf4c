package dev.atelier.engine.vae;

import dev.atelier.engine.weights.JsonConfig;
import java.util.Collections;
import java.util.List;

/**
 * {@code vae/config.json} of an {@code AutoencoderKLFlux2}.
 *
 * @param blockOutChannels channels of each encoder level, finest first
 * @param decoderBlockOutChannels channels of each decoder level, finest first
 * @param layersPerBlock residual blocks of an encoder level; a decoder level has one more
 * @param batchNormEps added to the variance of the latents' statistics
 */
public record AutoencoderConfig(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        List<Integer> decoderBlockOutChannels,
        int layersPerBlock,
        int latentChannels,
        int normNumGroups,
        boolean useQuantConv,
        boolean usePostQuantConv,
        boolean midBlockAddAttention,
        double batchNormEps) {
    public static final String CLASS_NAME = "AutoencoderKLFlux2";

    /** Latents are patched 2x2 into tokens. */
    public static final int PATCH = 2;

    private static final int MAX_LEVELS = 8;

    public AutoencoderConfig {
        blockOutChannels = List.copyOf(blockOutChannels);
        decoderBlockOutChannels = List.copyOf(decoderBlockOutChannels);
    }

    /** Defaults are those of diffusers' constructor. */
    public static AutoencoderConfig parse(JsonConfig json) {
        json.requireText("_class_name", CLASS_NAME);
        json.requireText("act_fn", "silu");
        List<Integer> patch = json.integers("patch_size", 1, 64, 2, List.of(PATCH, PATCH));
        if (!patch.equals(List.of(PATCH, PATCH))) {
            throw json.wrong("patch_size", "[2, 2], the only value supported");
        }
        List<Integer> channels =
                json.integers("block_out_channels", 1, 1 << 14, MAX_LEVELS, List.of(128, 256, 512, 512));
        List<Integer> decoder = json.integers("decoder_block_out_channels", 1, 1 << 14, MAX_LEVELS, channels);
        if (decoder.size() != channels.size()) {
            throw json.wrong("decoder_block_out_channels", channels.size() + " numbers, as block_out_channels has");
        }
        requireBlocks(json, "down_block_types", "DownEncoderBlock2D", channels.size());
        requireBlocks(json, "up_block_types", "UpDecoderBlock2D", channels.size());
        int groups = json.integer("norm_num_groups", 1, 1 << 14, 32);
        for (int c : channels) {
            requireDivides(json, groups, c);
        }
        for (int c : decoder) {
            requireDivides(json, groups, c);
        }
        return new AutoencoderConfig(
                json.integer("in_channels", 3, 3, 3),
                json.integer("out_channels", 3, 3, 3),
                channels,
                decoder,
                json.integer("layers_per_block", 1, 64, 2),
                json.integer("latent_channels", 1, 1 << 12, 32),
                groups,
                json.bool("use_quant_conv", true),
                json.bool("use_post_quant_conv", true),
                json.bool("mid_block_add_attention", true),
                json.number("batch_norm_eps", 0, 1, 1e-4));
    }

    private static void requireBlocks(JsonConfig json, String key, String type, int levels) {
        List<String> types = json.texts(key, Collections.nCopies(levels, type));
        if (!types.equals(Collections.nCopies(levels, type))) {
            throw json.wrong(key, levels + " times '" + type + "', the only type supported");
        }
    }

    private static void requireDivides(JsonConfig json, int groups, int channels) {
        if (channels % groups != 0) {
            throw json.wrong("norm_num_groups", "a divisor of every level's channels, " + channels + " among them");
        }
    }

    /** Pixels a side of one latent pixel before patching. */
    public int latentScale() {
        return 1 << (blockOutChannels.size() - 1);
    }

    /** Pixels a side of one token. */
    public int sizeMultiple() {
        return latentScale() * PATCH;
    }

    public int tokenChannels() {
        return latentChannels * PATCH * PATCH;
    }
}
