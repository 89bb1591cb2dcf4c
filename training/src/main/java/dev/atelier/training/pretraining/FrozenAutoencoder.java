package dev.atelier.training.pretraining;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.vae.Patches;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/** A {@code vae} component of either kind, opened to encode what a transformer learns from, or to see what it loses. */
public record FrozenAutoencoder(Autoencoder autoencoder, Weights weights, Device device) implements AutoCloseable {
    public static FrozenAutoencoder open(Path folder, Device device) {
        Weights weights = Weights.open(folder, "diffusion_pytorch_model", device);
        JsonConfig json = JsonConfig.read(folder.resolve("config.json"));
        LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()));
        Autoencoder autoencoder = isPatchTransform(json)
                ? new PatchTransformAutoencoder(PatchTransformConfig.parse(json), layers, device)
                : new AutoencoderKLFlux2(AutoencoderConfig.parse(json), layers);
        return new FrozenAutoencoder(autoencoder, weights, device);
    }

    /** Whether the {@code vae} component in {@code folder} is a patch transform, not FLUX.2's convolutional autoencoder. */
    static boolean isPatchTransform(Path folder) {
        return isPatchTransform(JsonConfig.read(folder.resolve("config.json")));
    }

    private static boolean isPatchTransform(JsonConfig config) {
        return config.string("_class_name", "").equals(PatchTransformConfig.CLASS_NAME);
    }

    /** Tokens (1, N, C) of a picture, as floats in row-major order. */
    float[] tokens(Picture picture) {
        return Scopes.plain(() -> {
            Tensor image = Tensors.to(PictureTensors.toTensor(picture), device);
            // On a GPU the layers were loaded in bfloat16, as for inference.
            Tensor latents = autoencoder.encode(Tensors.to(image, device.computeType()));
            return Tensors.toFloats(Patches.pack(latents));
        });
    }

    /** The patch transform in {@code folder} alone, for pictures {@code upscale} times as large as those it was fitted on. */
    static FrozenAutoencoder openTransform(Path folder, int upscale) {
        Weights weights = Weights.open(folder, "diffusion_pytorch_model", Device.CPU);
        PatchTransformConfig fitted = PatchTransformConfig.parse(JsonConfig.read(folder.resolve("config.json")));
        PatchTransformConfig config =
                new PatchTransformConfig(fitted.patchSize(), fitted.latentChannels(), fitted.lapped(), upscale, 0, 1);
        LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()));
        return new FrozenAutoencoder(new PatchTransformAutoencoder(config, layers, Device.CPU), weights, Device.CPU);
    }

    @Override
    public void close() {
        if (autoencoder instanceof PatchTransformAutoencoder patches) {
            patches.close();
        }
        weights.close();
    }
}
