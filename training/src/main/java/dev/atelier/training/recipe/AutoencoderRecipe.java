package dev.atelier.training.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.atelier.engine.vae.PatchRefiner;
import java.util.List;
import java.util.stream.Stream;

/** Which latents the transformer learns on; {@code kind} in a recipe says which of these, {@code patch-transform} when left out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = AutoencoderRecipe.PatchTransform.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = AutoencoderRecipe.PatchTransform.class, name = "patch-transform"),
    @JsonSubTypes.Type(value = AutoencoderRecipe.Convolutional.class, name = "convolutional")
})
public sealed interface AutoencoderRecipe {
    /** Pixels a side of one token. */
    int patchSize();

    /** Channels of one token. */
    int channels();

    /**
     * The patch transform: closed form, no training.
     *
     * @param pictures rendered to fit it on, at {@code size}
     * @param upscale of the finished model: it makes pictures so many times larger than those it learns from
     * @param variancePower each component is divided by its deviation to this power: 0 keeps the variances, 1 evens them out
     * @param refiner of decoded pictures; null: none
     */
    record PatchTransform(
            int patchSize,
            int channels,
            boolean lapped,
            int pictures,
            int size,
            int upscale,
            double variancePower,
            Refiner refiner)
            implements AutoencoderRecipe {}

    /**
     * The network that corrects what the patch transform decodes ({@link PatchRefiner}).
     *
     * @param width channels of its blocks
     * @param steps it is trained for, before the transformer
     * @param batch crops a step
     * @param crop pixels a side of a crop, of finished pictures
     * @param noise most noise on latents, as a deviation; latents have deviation 1
     * @param rate AdamW's learning rate, falling to a fiftieth
     */
    record Refiner(int width, int blocks, int steps, int batch, int crop, double noise, double rate) {
        public Refiner {
            if (crop < PatchRefiner.CELL || crop % PatchRefiner.CELL != 0) {
                throw new IllegalArgumentException(
                        "autoencoder.refiner: crop: " + crop + " is not a multiple of " + PatchRefiner.CELL);
            }
            if (width < 1 || blocks < 1 || steps < 1 || batch < 1 || noise < 0 || !(rate > 0)) {
                throw new IllegalArgumentException("autoencoder.refiner: width " + width + ", blocks " + blocks
                        + ", steps " + steps + ", batch " + batch + "; 1 or more expected; noise " + noise
                        + "; 0 or more expected; rate " + rate + "; above 0 expected");
            }
        }
    }

    /**
     * FLUX.2's convolutional autoencoder, trained from nothing as a stage of its own before the transformer's. The numbers of levels
     * set the token: {@code 2^levels} pixels a side.
     *
     * @param share of the whole run's steps or minutes that it takes, above 0, below 1
     * @param encoderChannels of each level, finest first
     * @param decoderChannels of each level, finest first; as many levels
     * @param layersPerBlock residual blocks of an encoder level; a decoder level has one more
     * @param latentChannels of a latent pixel; a token has four times as many
     * @param normGroups of the group norms; few: groups as many as channels take each picture's colour and contrast away
     */
    record Convolutional(
            double share,
            List<Integer> encoderChannels,
            List<Integer> decoderChannels,
            int layersPerBlock,
            int latentChannels,
            int normGroups,
            Reconstruction training)
            implements AutoencoderRecipe {
        public Convolutional {
            encoderChannels = List.copyOf(encoderChannels);
            decoderChannels = List.copyOf(decoderChannels);
            require(share > 0 && share < 1, "share: " + share + " is not between 0 and 1");
            require(
                    encoderChannels.size() == decoderChannels.size() && encoderChannels.size() <= 8,
                    "encoder_channels, decoder_channels: " + encoderChannels.size() + " and " + decoderChannels.size()
                            + " levels; as many of both expected, at most 8");
            require(
                    layersPerBlock >= 1 && latentChannels >= 1 && normGroups >= 1,
                    "layers_per_block " + layersPerBlock + ", latent_channels " + latentChannels + ", norm_groups "
                            + normGroups + "; 1 or more expected");
            for (int channels : Stream.concat(encoderChannels.stream(), decoderChannels.stream())
                    .toList()) {
                require(
                        channels >= normGroups && channels % normGroups == 0,
                        "norm_groups: " + normGroups + " does not divide " + channels + " channels");
            }
            int token = 1 << encoderChannels.size();
            require(
                    training.crop() % token == 0 && training.size() % token == 0 && training.crop() <= training.size(),
                    "crop " + training.crop() + ", size " + training.size() + "; multiples of a token's " + token
                            + " pixels expected, the crop no larger than the picture");
        }

        @Override
        public int patchSize() {
            return 1 << encoderChannels.size();
        }

        @Override
        public int channels() {
            return 4 * latentChannels;
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException("autoencoder: " + message);
            }
        }
    }

    /**
     * How a convolutional autoencoder learns.
     *
     * @param size pixels a side of the pictures made
     * @param crop pixels a side of the piece of each that is learnt from
     * @param batch crops a step
     * @param pool latest pictures drawn from
     * @param fresh new pictures a step
     * @param adamRate of norms, biases and the outermost convolutions
     * @param muonRate of all other convolutions; 0: AdamW there too
     * @param warmup steps of rising rates; they fall linearly from the start
     * @param latentNoise largest deviation of the noise added to the latents, in their own deviations
     * @param statistics pictures that the latents' mean and variance are taken over once training is done
     */
    record Reconstruction(
            int size,
            int crop,
            int batch,
            int pool,
            int fresh,
            double adamRate,
            double muonRate,
            int warmup,
            double emaDecay,
            double latentNoise,
            int statistics) {
        public Reconstruction {
            if (size < 1 || crop < 1 || batch < 1 || pool < 1 || fresh < 0 || fresh > batch || statistics < 1) {
                throw new IllegalArgumentException("autoencoder.training: size " + size + ", crop " + crop + ", batch "
                        + batch + ", pool " + pool + ", statistics " + statistics
                        + "; 1 or more expected; fresh " + fresh + "; 0 to batch expected");
            }
            if (!(adamRate > 0) || muonRate < 0 || latentNoise < 0 || !(emaDecay >= 0 && emaDecay < 1)) {
                throw new IllegalArgumentException(
                        "autoencoder.training: adam_rate " + adamRate + " above 0, muon_rate "
                                + muonRate + " and latent_noise " + latentNoise + " 0 or more, ema_decay " + emaDecay
                                + " in 0 to below 1 expected");
            }
        }
    }
}
