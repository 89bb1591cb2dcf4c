package dev.atelier.engine.image;

import java.util.Arrays;

/**
 * Resizing and cropping. {@link #resize} gives the bytes that Pillow's {@code Image.resize(size, LANCZOS)} gives, because the
 * public pipelines prepare their reference pictures with it: a Lanczos filter of three lobes, stretched by the scale when
 * shrinking, rows before columns with 8 bits between them, weights in fixed point with 22 fractional bits.
 */
public final class PictureResizer {
    private static final double LOBES = 3;
    private static final int FRACTION_BITS = 22;
    private static final int HALF = 1 << FRACTION_BITS - 1;

    private PictureResizer() {}

    /** @return {@code picture} itself when it has that size already */
    public static Picture resize(Picture picture, int width, int height) {
        PictureSize size = new PictureSize(width, height);
        byte[] rgb = picture.bytes();
        if (size.width() != picture.width()) {
            rgb = resizeRows(rgb, picture.width(), picture.height(), Kernel.of(picture.width(), width));
        }
        if (size.height() != picture.height()) {
            rgb = resizeColumns(rgb, width, Kernel.of(picture.height(), height));
        }
        return rgb == picture.bytes() ? picture : new Picture(width, height, rgb);
    }

    /**
     * The part of {@code picture} whose upper left corner is at {@code x}, {@code y}.
     *
     * @throws IllegalArgumentException when the part reaches beyond the picture
     */
    public static Picture crop(Picture picture, int x, int y, int width, int height) {
        PictureSize size = new PictureSize(width, height);
        if (x < 0 || y < 0 || x > picture.width() - width || y > picture.height() - height) {
            throw new IllegalArgumentException("crop: " + size + " at " + x + "," + y
                    + " reaches beyond the picture of " + PictureSize.of(picture));
        }
        if (width == picture.width() && height == picture.height()) {
            return picture;
        }
        byte[] rgb = new byte[width * height * 3];
        for (int row = 0; row < height; row++) {
            System.arraycopy(picture.bytes(), ((y + row) * picture.width() + x) * 3, rgb, row * width * 3, width * 3);
        }
        return new Picture(width, height, rgb);
    }

    /** The middle of {@code picture}; what is left over is cut off evenly, an odd pixel at the right and the bottom. */
    public static Picture centerCrop(Picture picture, int width, int height) {
        return crop(picture, (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
    }

    /**
     * The picture as a FLUX.2 pipeline takes a reference: shrunk to {@code maxPixels} when it has more, then cut from the middle
     * to sides that are multiples of {@code multiple}.
     *
     * @throws IllegalArgumentException when a side has fewer than {@code multiple} pixels after the shrinking
     */
    public static Picture toReference(Picture picture, long maxPixels, int multiple) {
        PictureSize fitted = PictureSize.of(picture).fitArea(maxPixels);
        if (fitted.width() < multiple || fitted.height() < multiple) {
            throw new IllegalArgumentException("reference: " + PictureSize.of(picture) + " (" + fitted
                    + " at no more than " + maxPixels + " pixels) has a side below " + multiple);
        }
        PictureSize cut = fitted.roundDown(multiple);
        return centerCrop(resize(picture, fitted.width(), fitted.height()), cut.width(), cut.height());
    }

    private static byte[] resizeRows(byte[] in, int inWidth, int height, Kernel kernel) {
        int outWidth = kernel.outputs();
        byte[] out = new byte[Math.multiplyExact(Math.multiplyExact(outWidth, height), 3)];
        for (int y = 0; y < height; y++) {
            int row = y * inWidth * 3;
            for (int x = 0; x < outWidth; x++) {
                int[] weights = kernel.weights()[x];
                int from = row + kernel.first()[x] * 3;
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int weight : weights) {
                    red += (in[from] & 0xff) * weight;
                    green += (in[from + 1] & 0xff) * weight;
                    blue += (in[from + 2] & 0xff) * weight;
                    from += 3;
                }
                int to = (y * outWidth + x) * 3;
                out[to] = toByte(red);
                out[to + 1] = toByte(green);
                out[to + 2] = toByte(blue);
            }
        }
        return out;
    }

    private static byte[] resizeColumns(byte[] in, int width, Kernel kernel) {
        int stride = width * 3;
        byte[] out = new byte[Math.multiplyExact(stride, kernel.outputs())];
        int[] sums = new int[stride];
        for (int y = 0; y < kernel.outputs(); y++) {
            Arrays.fill(sums, HALF);
            int from = kernel.first()[y] * stride;
            for (int weight : kernel.weights()[y]) {
                for (int i = 0; i < stride; i++) {
                    sums[i] += (in[from + i] & 0xff) * weight;
                }
                from += stride;
            }
            for (int i = 0; i < stride; i++) {
                out[y * stride + i] = toByte(sums[i]);
            }
        }
        return out;
    }

    private static byte toByte(int sum) {
        return (byte) Math.clamp(sum >> FRACTION_BITS, 0, 255);
    }

    /** For each output, the first input that counts and the weights from there on, which add up to about {@code 1 << 22}. */
    private record Kernel(int[] first, int[][] weights) {
        static Kernel of(int inputs, int outputs) {
            double scale = (double) inputs / outputs;
            double stretch = Math.max(1, scale);
            double reach = LOBES * stretch;
            int[] first = new int[outputs];
            int[][] weights = new int[outputs][];
            for (int i = 0; i < outputs; i++) {
                double center = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (center - reach + 0.5));
                int end = Math.min(inputs, (int) (center + reach + 0.5));
                weights[i] = fixedPoint(lanczos(first[i], end, center, stretch));
            }
            return new Kernel(first, weights);
        }

        int outputs() {
            return first.length;
        }

        private static double[] lanczos(int from, int to, double center, double stretch) {
            double[] weights = new double[to - from];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                double x = (i + from - center + 0.5) / stretch;
                weights[i] = x >= -LOBES && x < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
                sum += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= sum;
            }
            return weights;
        }

        private static double sinc(double x) {
            return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
        }

        private static int[] fixedPoint(double[] weights) {
            return Arrays.stream(weights)
                    .mapToInt(w -> (int) (w * (1 << FRACTION_BITS) + (w < 0 ? -0.5 : 0.5)))
                    .toArray();
        }
    }
}
