package dev.atelier.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.recipe.AutoencoderRecipe.PatchTransform;
import dev.atelier.training.recipe.AutoencoderRecipe.Refiner;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefinerFitTest {
    private static final Recipe RECIPE = Recipe.read("src/test/resources/tiny-recipe.yaml");
    private static final ExampleSource WORLD = new WorldSource(World.of(WorldConfig.simple()), 1);

    @TempDir
    private Path vae;

    @Test
    void refinedPicturesAreNearerToTheTruth() throws Exception {
        PatchTransform patches = (PatchTransform) RECIPE.autoencoder();
        Refiner settings = new Refiner(16, 1, 240, 4, 32, 0.05, 0.004);
        try (DeviceThread thread = new DeviceThread("atelier-test")) {
            thread.call(() -> {
                PatchTransformFit.write(patches, WORLD, vae, _ -> {});
                return null;
            });
            assertThat(RefinerFit.isIn(vae)).isFalse();

            thread.callWithGradients(() -> {
                RefinerFit.Plan plan = new RefinerFit.Plan(settings, 64, DType.BF16, 1, vae.resolve("none"));
                try (FrozenAutoencoder transform = FrozenAutoencoder.openTransform(vae, 1);
                        RefinerFit fit = new RefinerFit(plan, WORLD, transform.autoencoder())) {
                    fit.write(vae, _ -> {});
                }
                return null;
            });

            assertThat(RefinerFit.isIn(vae)).isTrue();
            thread.call(() -> {
                assertThat(error(16)).isLessThan(0.98 * error(0));
                return null;
            });
        }
    }

    /** Mean absolute error of held-out pictures, encoded and decoded. @param refinerWidth 0: without the refiner */
    private double error(int refinerWidth) {
        PatchTransformConfig fitted = PatchTransformConfig.parse(JsonConfig.read(vae.resolve("config.json")));
        PatchTransformConfig config = new PatchTransformConfig(
                fitted.patchSize(), fitted.latentChannels(), fitted.lapped(), 1, refinerWidth, 1);
        try (Weights weights = Weights.open(vae, "diffusion_pytorch_model", Device.CPU)) {
            LoadedLayers layers = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()));
            try (PatchTransformAutoencoder autoencoder = new PatchTransformAutoencoder(config, layers, Device.CPU)) {
                return IntStream.range(0, 12)
                        .mapToDouble(i -> Scopes.plain(() -> {
                            Tensor picture = PictureTensors.toTensor(WORLD.example(Task.TEXT_TO_IMAGE, 0, 7_000 + i, 64)
                                    .target());
                            Tensor decoded = autoencoder.decode(autoencoder.encode(picture));
                            return decoded.sub(picture).abs().mean().item_double();
                        }))
                        .average()
                        .orElseThrow();
            }
        }
    }
}
