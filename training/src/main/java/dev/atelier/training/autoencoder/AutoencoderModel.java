package dev.atelier.training.autoencoder;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.AutoencoderRecipe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The engine's autoencoder over trainable parameters. */
final class AutoencoderModel implements AutoCloseable {
    /** Of the posteriors of a new model: with 0, diffusers' start, noise as large as the signal reaches the decoder. */
    private static final double FIRST_LOG_VARIANCE = -6;

    /** Pictures encoded at once for the statistics. */
    private static final int CHUNK = 8;

    private static final String MEAN = "bn.running_mean";
    private static final String VARIANCE = "bn.running_var";

    final AutoencoderConfig config;
    final ParameterStore parameters;
    final AutoencoderKLFlux2 network;
    private final DType computeType;
    private final Device device;

    /** @param computeType of the layers */
    AutoencoderModel(AutoencoderRecipe.Convolutional recipe, long seed, DType computeType, Device device) {
        this.computeType = computeType;
        this.device = device;
        config = new AutoencoderConfig(
                3,
                3,
                recipe.encoderChannels(),
                recipe.decoderChannels(),
                recipe.layersPerBlock(),
                recipe.latentChannels(),
                recipe.normGroups(),
                false,
                false,
                false,
                1e-4);
        parameters = new ParameterStore(seed, computeType);
        network = new AutoencoderKLFlux2(config, parameters);
        parameters.flatten(device);
        try (var _ = new NoGradGuard()) {
            int z = config.latentChannels();
            Scopes.run(() -> value("encoder.conv_out.bias").narrow(0, z, z).fill_(new Scalar(FIRST_LOG_VARIANCE)));
        }
        parameters.publish();
    }

    /** A parameter's place in the values that are stored. */
    private Tensor value(String name) {
        return ParameterStore.view(parameters.values(), parameters.slots().get(name));
    }

    /**
     * Ends training: takes {@code weights} (count) as they will be stored, in bfloat16, and then the mean and variance of each
     * channel of the patched latents of {@code pictures}, by which latents are normalised from now on.
     */
    void freeze(Tensor weights, Iterator<Picture> pictures) {
        try (var _ = new NoGradGuard()) {
            Scopes.run(() -> {
                parameters.values().copy_(Tensors.to(weights, DType.BF16));
                value(MEAN).zero_();
                value(VARIANCE).fill_(new Scalar(1 - config.batchNormEps()));
                parameters.publish();
                Tensor sum = torch.zeros(new long[] {config.tokenChannels()}, Tensors.options(DType.F64, device));
                Tensor squares = torch.zeros(new long[] {config.tokenChannels()}, Tensors.options(DType.F64, device));
                long count = 0;
                while (pictures.hasNext()) {
                    count += Scopes.plain(() -> add(sum, squares, pictures));
                }
                Scalar samples = new Scalar((double) count);
                Tensor mean = sum.div(samples);
                value(MEAN).copy_(mean);
                value(VARIANCE).copy_(squares.div(samples).sub(mean.mul(mean)));
                parameters.publish();
            });
        }
    }

    private long add(Tensor sum, Tensor squares, Iterator<Picture> pictures) {
        List<Tensor> images = new ArrayList<>();
        while (images.size() < CHUNK && pictures.hasNext()) {
            images.add(image(pictures.next()));
        }
        Tensor latents = network.encode(Tensors.to(Tensors.cat(0, images), computeType))
                .transpose(0, 1)
                .flatten(1, 3);
        Tensor wide = Tensors.to(latents, DType.F64);
        sum.add_(wide.sum(1L));
        squares.add_(wide.mul(wide).sum(1L));
        return wide.size(1);
    }

    /** Mean peak signal-to-noise ratio in decibels of pictures encoded and decoded, 255 the peak. */
    double psnr(List<Picture> pictures) {
        try (var _ = new NoGradGuard()) {
            return pictures.stream()
                    .mapToDouble(picture -> Scopes.plain(() -> {
                        Tensor image = image(picture);
                        Tensor decoded = network.decode(network.encode(Tensors.to(image, computeType)));
                        Picture rounded = PictureTensors.fromTensor(decoded);
                        Tensor error = image(rounded).sub(image);
                        // From -1 to 1 the peak is 2.
                        return 10 * Math.log10(4 / error.mul(error).mean().item_double());
                    }))
                    .average()
                    .orElseThrow();
        }
    }

    /** (1, 3, H, W) in -1 to 1, where the network is. */
    Tensor image(Picture picture) {
        return Tensors.to(PictureTensors.toTensor(picture), device);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
