package dev.atelier.engine.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transform, its refiner and its preview, with a basis and statistics of the test's own. */
class PatchTransformAutoencoderTest {
    private static final int P = 4;
    private static final int ELEMENTS = 3 * P * P;

    @TempDir
    Path folder;

    @BeforeEach
    void withoutGradients() {
        GradMode.set_enabled(false);
    }

    @AfterEach
    void withGradients() {
        GradMode.set_enabled(true);
    }

    /** Component c of a patch is {@code scale[c] · Σ basis[c][k] (patch[k] − mean[k])}, k counting colour, row, column. */
    @Test
    void encodeProjectsEachPatch() {
        opened(config(5, false, 1), vae -> {
            Tensor image = Samples.random(1, 1, 3, 2 * P, 3 * P);
            float[] x = Tensors.toFloats(image);
            double[][] basis = Samples.orthonormal(7, 5, ELEMENTS);

            float[] latents = Tensors.toFloats(vae.encode(image));

            for (int i = 0; i < 5 * 6; i++) {
                int c = i / 6;
                double sum = 0;
                for (int k = 0; k < ELEMENTS; k++) {
                    int row = i % 6 / 3 * P + k / P % P;
                    int column = i % 3 * P + k % P;
                    sum += basis[c][k] * (x[(k / (P * P) * 2 * P + row) * 3 * P + column] - mean(k));
                }
                assertThat(latents[i]).isEqualTo((float) (sum * scale(c)), within(1e-4f));
            }
        });
    }

    /** With as many components as numbers of a patch every picture is in the span. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void decodeUndoesEncodeOfEveryPictureInTheSpan(boolean lapped) {
        opened(config(ELEMENTS, lapped, 1), vae -> {
            Tensor image = Samples.random(2, 2, 3, 3 * P, 5 * P);

            assertThat(Tensors.relativeError(vae.decode(vae.encode(image)), image))
                    .isLessThan(1e-5);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void encodeUndoesDecodeOfAllLatents(boolean lapped) {
        opened(config(6, lapped, 1), vae -> {
            Tensor latents = Samples.random(3, 2, 6, 3, 5);

            assertThat(Tensors.relativeError(vae.encode(vae.decode(latents)), latents))
                    .isLessThan(1e-5);
        });
    }

    /** Latents of a picture at twice the size are those of the picture shrunk by the mean of each 2x2 pixels. */
    @Test
    void anUpscaledTransformShrinksFirst() {
        Tensor[] expected = new Tensor[1];
        opened(config(6, true, 1), vae -> {
            Tensor image = Samples.random(4, 1, 3, 4 * P, 4 * P);
            expected[0] = Scopes.own(vae.encode(torch.avg_pool2d(image, 2, 2)));
        });
        try (Tensor small = expected[0]) {
            opened(config(6, true, 2), vae -> {
                Tensor image = Samples.random(4, 1, 3, 4 * P, 4 * P);

                assertThat(Tensors.relativeError(vae.encode(image), small)).isLessThan(1e-6);
                assertThat(vae.sizeMultiple()).isEqualTo(2 * P);
                assertThat(vae.decode(small).shape()).containsExactly(1, 3, 4 * P, 4 * P);
            });
        }
    }

    /** Of tokens of one colour each a preview shows just these. */
    @Test
    void aPreviewShowsTheColourOfEveryToken() {
        opened(config(ELEMENTS, false, 1), vae -> {
            Tensor colours = Samples.random(5, 1, 3, 3, 4).mul(new Scalar(0.3));
            float[] means = Tensors.toFloats(colours);
            Tensor image = colours.repeat_interleave(P, new LongOptional(2), new LongOptional())
                    .repeat_interleave(P, new LongOptional(3), new LongOptional());
            try (LatentPreview preview = new LatentPreview(vae, Device.CPU)) {
                Picture picture = preview.picture(vae.encode(image));

                assertThat(picture.width()).isEqualTo(4);
                assertThat(picture.height()).isEqualTo(3);
                for (int i = 0; i < means.length; i++) {
                    double level = 127.5 * (1 + means[i]);
                    assertThat((double) picture.channel(i % 4, i % 12 / 4, i / 12))
                            .isEqualTo(level, within(4.0));
                }
            }
        });
    }

    /** In two tiles, but for the cells that the refiner's convolutions see beyond a tile's inner end, and there only a little else. */
    @Test
    void theRefinerIsTheSameInTiles() {
        int width = 1280;
        Map<String, Tensor> tensors = new TreeMap<>();
        Scopes.run(() -> {
            convolution(tensors, "refiner.conv1", 6, 48);
            convolution(tensors, "refiner.blocks.0.conv1", 6, 6);
            convolution(tensors, "refiner.blocks.0.conv2", 6, 6);
            convolution(tensors, "refiner.conv2", 48, 6);
            SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
        });
        try (Weights weights = Weights.open(folder, "model", Device.CPU);
                WideningBuffer buffer = new WideningBuffer()) {
            PatchRefiner refiner = new PatchRefiner(new LoadedLayers(weights, LinearFactory.full(buffer)), 6, 1);
            weights.requireAllUsed();
            Scopes.run(() -> {
                Tensor image = Samples.random(6, 1, 3, 16, width);
                int[] tiles = {0};

                Tensor tiled = refiner.forward(image, () -> tiles[0]++);
                Tensor middle = refiner.forward(image.narrow(3, 128, 1024));

                assertThat(tiles[0]).isEqualTo(2).isEqualTo(PatchRefiner.tiles(16, width));
                // Tiles are 0 to 1024 and 256 to 1280; four convolutions of 3x3 cells of 4 pixels see 16 pixels.
                assertThat(difference(tiled, middle, 160, 256)).isLessThan(1e-5);
                assertThat(difference(tiled, middle, 272, 1008)).isLessThan(1e-5);
                assertThat(difference(tiled, middle, 1024, 1120)).isLessThan(1e-5);
                assertThat(difference(tiled, middle, 256, 272)).isBetween(1e-5, 0.2);
            });
        }
    }

    /** Between columns {@code from} and {@code to} of a whole picture; {@code middle} begins at its column 128. */
    private static double difference(Tensor whole, Tensor middle, int from, int to) {
        return Tensors.relativeError(whole.narrow(3, from, to - from), middle.narrow(3, from - 128L, to - from));
    }

    private static void convolution(Map<String, Tensor> tensors, String name, int out, int in) {
        tensors.put(
                name + ".weight",
                Samples.random(name.hashCode(), out, in, 3, 3).mul(new Scalar(1 / Math.sqrt(9.0 * in))));
        tensors.put(name + ".bias", Samples.random(in, out));
    }

    private static PatchTransformConfig config(int channels, boolean lapped, int upscale) {
        return new PatchTransformConfig(P, channels, lapped, upscale, 0, 1);
    }

    private static float mean(int element) {
        return 0.01f * element - 0.2f;
    }

    private static float scale(int component) {
        return 0.5f + 0.25f * (component % 5);
    }

    /** Runs {@code test} with an autoencoder whose basis, mean and scale are those of {@link Samples#orthonormal}, {@link #mean}, {@link #scale}. */
    private void opened(PatchTransformConfig config, Consumer<PatchTransformAutoencoder> test) {
        int channels = config.latentChannels();
        double[][] rows = Samples.orthonormal(7, channels, ELEMENTS);
        float[] basis = new float[channels * ELEMENTS];
        float[] scale = new float[channels];
        float[] mean = new float[ELEMENTS];
        for (int i = 0; i < ELEMENTS; i++) {
            mean[i] = mean(i);
        }
        for (int c = 0; c < channels; c++) {
            scale[c] = scale(c);
            for (int i = 0; i < ELEMENTS; i++) {
                basis[c * ELEMENTS + i] = (float) rows[c][i];
            }
        }
        Scopes.run(() -> SafetensorsWriter.write(
                folder.resolve("vae.safetensors"),
                Map.of(
                        "basis",
                        Tensors.of(basis, channels, ELEMENTS),
                        "mean",
                        Tensors.of(mean, ELEMENTS),
                        "scale",
                        Tensors.of(scale, channels)),
                Map.of()));
        try (Weights weights = Weights.open(folder, "vae", Device.CPU);
                WideningBuffer buffer = new WideningBuffer();
                PatchTransformAutoencoder vae = new PatchTransformAutoencoder(
                        config, new LoadedLayers(weights, LinearFactory.full(buffer)), Device.CPU)) {
            weights.requireAllUsed();
            assertThat(weights.type("basis")).isEqualTo(DType.F32);
            Scopes.run(() -> test.accept(vae));
        }
    }
}
