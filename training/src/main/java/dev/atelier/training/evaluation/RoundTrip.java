package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.training.pretraining.FrozenAutoencoder;
import java.nio.file.Path;

/** The autoencoder of a model folder: pictures to latents and back, which bounds what the model can show. */
final class RoundTrip implements AutoCloseable {
    private final DeviceThread thread;
    private final FrozenAutoencoder frozen;

    private RoundTrip(DeviceThread thread, FrozenAutoencoder frozen) {
        this.thread = thread;
        this.frozen = frozen;
    }

    /** @param model a model folder; its {@code vae} component is loaded */
    static RoundTrip open(DeviceThread thread, Path model) {
        return thread.call(() -> new RoundTrip(thread, FrozenAutoencoder.open(model.resolve("vae"), Device.CPU)));
    }

    /** @param picture with sides that are multiples of the autoencoder's */
    Picture apply(Picture picture) {
        Autoencoder autoencoder = frozen.autoencoder();
        return thread.call(() -> Scopes.plain(() ->
                PictureTensors.fromTensor(autoencoder.decode(autoencoder.encode(PictureTensors.toTensor(picture))))));
    }

    @Override
    public void close() {
        thread.call(() -> {
            frozen.close();
            return null;
        });
    }
}
