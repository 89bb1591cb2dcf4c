package dev.atelier.engine.sampling;

import dev.atelier.engine.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Standard normal latents from a seed, the same on every machine, and related between sizes: the picture is divided into 8 x 8
 * areas, and the mean of an area depends on the seed alone, so that one seed gives similar compositions at every size. An area's
 * mean of n elements is normal with variance 1/n and independent of the differences from it, as that of independent normals is.
 *
 * <p>The mean of a channel over the whole picture is kept within {@value #MEAN_LIMIT} of its deviation {@code 1/sqrt(n)}. Models
 * learn from noise in which some of the picture is left, and left longest is what all of it has in common: how bright it is and of
 * what colour. So they take the mean of the noise for that, and one that is far out makes a picture too dark or too bright whatever
 * the words say. With few tokens that is plain to see (n = 64: deviations of 1/8); with the 1,024 of 512x512 pixels in FLUX.2 a mean moves
 * by a thirtieth of an element's deviation for each of its own.
 */
public final class Noise {
    /** Measured with two open prompts on pictures of 64 tokens: of 200 seeds 12 and 5 were dark without a limit, 1 each is with it; at 0 seeds look alike. */
    static final double MEAN_LIMIT = 0.4;

    /** In channels of fewer elements the mean is too much of what there is to be left out. */
    private static final int FEWEST_LIMITED = 16;

    private static final int AREAS = 8;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Noise() {}

    /** (1, channels, height, width) float32 on the CPU, owned by the innermost scope. */
    public static Tensor normal(long seed, int channels, int height, int width) {
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(channels, height), width)];
        for (int c = 0; c < channels; c++) {
            channel(seed, c, height, width, out, c * height * width);
        }
        return Tensors.of(out, 1, channels, height, width);
    }

    /** {@code noise} (B, N, C) of N tokens with the mean of each channel kept within the limit, as {@link #normal} keeps it. */
    public static Tensor limited(Tensor noise) {
        if (noise.size(1) < FEWEST_LIMITED) {
            return noise;
        }
        double most = MEAN_LIMIT / Math.sqrt(noise.size(1));
        Tensor mean = noise.mean(new long[] {1}, true, new ScalarTypeOptional());
        Tensor kept = mean.clamp(new ScalarOptional(new Scalar(-most)), new ScalarOptional(new Scalar(most)));
        return noise.sub(mean).add_(kept);
    }

    private static void channel(long seed, int channel, int height, int width, float[] out, int at) {
        int rows = Math.min(AREAS, height);
        int columns = Math.min(AREAS, width);
        double[] sums = new double[rows * columns];
        int[] counts = new int[rows * columns];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = gaussian(seed, 2L * channel + 1, (long) y << 32 | x);
                out[at + y * width + x] = (float) value;
                int area = area(y, height, rows) * columns + area(x, width, columns);
                sums[area] += value;
                counts[area]++;
            }
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int areaRow = area(y, height, rows);
                int areaColumn = area(x, width, columns);
                int area = areaRow * columns + areaColumn;
                // A side with fewer pixels than areas uses the areas at the same relative place.
                long shared = (long) (areaRow * AREAS / rows) << 32 | areaColumn * AREAS / columns;
                double mean = gaussian(seed, 2L * channel, shared) / StrictMath.sqrt(counts[area]);
                out[at + y * width + x] += (float) (mean - sums[area] / counts[area]);
            }
        }
        if (height * width >= FEWEST_LIMITED) {
            limitMean(out, at, height * width);
        }
    }

    private static void limitMean(float[] out, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += out[i];
        }
        double most = MEAN_LIMIT * StrictMath.sqrt(count);
        float excess = (float) ((sum - Math.clamp(sum, -most, most)) / count);
        if (excess != 0) {
            for (int i = from; i < from + count; i++) {
                out[i] -= excess;
            }
        }
    }

    private static int area(int at, int length, int areas) {
        return (int) ((long) at * areas / length);
    }

    /** A standard normal as a function of its coordinates, by Box-Muller over SplitMix64; StrictMath keeps it portable. */
    private static double gaussian(long seed, long stream, long place) {
        long key = mix(mix(mix(seed) + stream) + place);
        double radius = uniform(mix(key + GOLDEN));
        double angle = uniform(mix(key + 2 * GOLDEN));
        return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * StrictMath.PI * angle);
    }

    /** In (0, 1]. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 1) * 0x1.0p-53;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long z) {
        z += GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
