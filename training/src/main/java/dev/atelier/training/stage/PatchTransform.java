package dev.atelier.training.stage;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;

/** A fitted patch transform, opened for training. */
record PatchTransform(PatchTransformAutoencoder transform, Weights weights) implements AutoCloseable {
    static PatchTransform open(Path folder) {
        Weights weights = Weights.open(folder, "diffusion_pytorch_model", Device.CPU);
        PatchTransformConfig config = PatchTransformConfig.parse(JsonConfig.read(folder.resolve("config.json")));
        LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()));
        return new PatchTransform(new PatchTransformAutoencoder(config, layers, Device.CPU), weights);
    }

    @Override
    public void close() {
        transform.close();
        weights.close();
    }
}
