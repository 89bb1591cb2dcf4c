package dev.atelier.training.stage;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.AutoencoderConfig;
import dev.atelier.engine.vae.AutoencoderKLFlux2;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;

/** A finished {@code vae} component of either kind, opened to encode what a transformer learns from. */
record FrozenAutoencoder(Autoencoder autoencoder, Weights weights) implements AutoCloseable {
    static FrozenAutoencoder open(Path folder) {
        Weights weights = Weights.open(folder, "diffusion_pytorch_model", Device.CPU);
        JsonConfig json = JsonConfig.read(folder.resolve("config.json"));
        LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()));
        boolean patches = json.string("_class_name", "").equals(PatchTransformConfig.CLASS_NAME);
        Autoencoder autoencoder = patches
                ? new PatchTransformAutoencoder(PatchTransformConfig.parse(json), layers, Device.CPU)
                : new AutoencoderKLFlux2(AutoencoderConfig.parse(json), layers);
        return new FrozenAutoencoder(autoencoder, weights);
    }

    @Override
    public void close() {
        if (autoencoder instanceof PatchTransformAutoencoder patches) {
            patches.close();
        }
        weights.close();
    }
}
