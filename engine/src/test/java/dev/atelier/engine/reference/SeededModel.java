package dev.atelier.engine.reference;

import dev.atelier.engine.tensor.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model that exists nowhere else: shapes that nobody tuned for, weights from a seed.
 *
 * @param type that its weights are stored in
 * @param hiddenLayers layers of the text encoder that make the prompt embeddings
 */
public record SeededModel(
        String name,
        long seed,
        DType type,
        SlowQwen3.Shape text,
        List<Integer> hiddenLayers,
        SlowFlux2.Shape transformer,
        SlowAutoencoder.Shape autoencoder) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One key/value head, head size 24, one to five blocks of each kind, five levels, weights in fp32. */
    public static final SeededModel FIVE_LEVELS = new SeededModel(
            "five-levels",
            1,
            DType.F32,
            new SlowQwen3.Shape(131, 56, 97, 4, 3, 1, 24, 10_000, true),
            List.of(1, 2, 4),
            new SlowFlux2.Shape(12, 1, 5, 3, 24, 168, 34, 2.5, List.of(6, 6, 6, 6), false),
            new SlowAutoencoder.Shape(List.of(6, 9, 12, 12, 15), List.of(6, 9, 12, 12, 15), 1, 3, 3, true, true, true));

    /** One head of 40, as many key/value heads as others, the guidance scale as an input, two levels, weights in bf16. */
    public static final SeededModel GUIDED = new SeededModel(
            "guided",
            2,
            DType.BF16,
            new SlowQwen3.Shape(211, 40, 73, 3, 5, 5, 8, 1_000_000, false),
            List.of(0, 2),
            new SlowFlux2.Shape(20, 5, 1, 1, 40, 80, 22, 3.3, List.of(4, 12, 16, 8), true),
            new SlowAutoencoder.Shape(List.of(10, 15), List.of(5, 20), 2, 5, 5, false, false, false));

    /** Five heads of 24, hidden layers out of order, one quant convolution of two, weights in bf16. */
    public static final SeededModel OUT_OF_ORDER = new SeededModel(
            "out-of-order",
            3,
            DType.BF16,
            new SlowQwen3.Shape(97, 100, 210, 5, 4, 2, 40, 5_000, false),
            List.of(5, 1, 3),
            new SlowFlux2.Shape(28, 3, 2, 5, 24, 300, 50, 1.7, List.of(2, 10, 8, 4), false),
            new SlowAutoencoder.Shape(List.of(7, 14, 21), List.of(14, 7, 28), 1, 7, 7, true, false, true));

    /** Widths that are primes and three heads of 40, guidance, four levels, weights in fp32. */
    public static final SeededModel PRIMES = new SeededModel(
            "primes",
            4,
            DType.F32,
            new SlowQwen3.Shape(53, 17, 31, 2, 7, 7, 2, 10_000, true),
            List.of(2),
            new SlowFlux2.Shape(4, 2, 3, 3, 40, 17, 6, 1.03, List.of(10, 10, 10, 10), true),
            new SlowAutoencoder.Shape(List.of(4, 4, 8, 8), List.of(8, 4, 8, 4), 3, 1, 4, false, true, true));

    public static List<SeededModel> all() {
        return List.of(FIVE_LEVELS, GUIDED, OUT_OF_ORDER, PRIMES);
    }

    public SeededWeights textWeights() {
        return new SeededWeights(3 * seed, type);
    }

    public SeededWeights transformerWeights() {
        return new SeededWeights(3 * seed + 1, type);
    }

    public SeededWeights autoencoderWeights() {
        return new SeededWeights(3 * seed + 2, type);
    }

    /** Writes a component's configuration and the weights that its reference has asked for. @param file of the weights, without its ending */
    public void write(Path folder, String file, SeededWeights weights) {
        Map<String, Object> config = switch (folder.getFileName().toString()) {
            case "text_encoder" -> text.config();
            case "transformer" -> transformer.config();
            case "vae" -> autoencoder.config();
            default -> throw new IllegalArgumentException(folder.toString());
        };
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("config.json"), JSON.writeValueAsString(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        weights.write(folder.resolve(file + ".safetensors"));
    }

    /** Standard normals, {@code [rows][columns]}, that float32 can hold. */
    public double[][] numbers(long salt, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed * 7919 + salt);
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return out;
    }

    /** Planes of {@link #numbers}, {@code [channels][rows][columns]}. */
    public double[][][] planes(long salt, int channels, int rows, int columns) {
        double[][][] out = new double[channels][][];
        for (int c = 0; c < channels; c++) {
            out[c] = numbers(1000 * salt + c, rows, columns);
        }
        return out;
    }

    public long[] ids(long salt, int count) {
        return new SplittableRandom(seed * 104_729 + salt)
                .longs(count, 0, text.vocabulary())
                .toArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
