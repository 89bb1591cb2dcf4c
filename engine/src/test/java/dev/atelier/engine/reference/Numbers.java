package dev.atelier.engine.reference;

import dev.atelier.engine.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Between the references' arrays and the engine's tensors, and how far the two are apart. */
public final class Numbers {
    private Numbers() {}

    /** (parts, tokens, channels) */
    public static Tensor batch(List<double[][]> parts) {
        double[] all = new double[0];
        for (double[][] part : parts) {
            all = joined(all, flat(part));
        }
        return tensor(all, parts.size(), parts.getFirst().length, parts.getFirst()[0].length);
    }

    /** (1, tokens, channels) */
    public static Tensor one(double[][] x) {
        return tensor(flat(x), 1, x.length, x[0].length);
    }

    /** (2, tokens, channels) */
    public static Tensor twice(double[][] x) {
        return batch(List.of(x, x));
    }

    /** (1, channels, rows, columns) */
    public static Tensor picture(double[][][] x) {
        return tensor(flat(x), 1, x.length, x[0].length, x[0][0].length);
    }

    public static Tensor tensor(double[] x, long... shape) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (float) x[i];
        }
        return Tensors.of(out, shape);
    }

    public static float[] floats(List<Double> x) {
        float[] out = new float[x.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = x.get(i).floatValue();
        }
        return out;
    }

    public static double[] flat(double[][] x) {
        return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    }

    public static double[] flat(double[][][] x) {
        return Arrays.stream(x)
                .flatMapToDouble(plane -> Arrays.stream(flat(plane)))
                .toArray();
    }

    public static double[] joined(double[] a, double[] b) {
        double[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /** ‖ours − expected‖ / ‖expected‖; infinite when they are not of one length or ours has NaN. */
    public static double relative(double[] expected, float[] ours) {
        if (expected.length != ours.length) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = 0;
        double scale = 0;
        for (int i = 0; i < ours.length; i++) {
            difference += (ours[i] - expected[i]) * (ours[i] - expected[i]);
            scale += expected[i] * expected[i];
        }
        double error = Math.sqrt(difference / scale);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
