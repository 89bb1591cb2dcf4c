package dev.atelier.engine.weights;

import java.util.Arrays;

/**
 * The blocks of a format in float64, number by number, from the formulas of ggml's quantisations and of the paper on FP8: a number's place is
 * worked out from its index alone, and nothing is shared with the engine's decoders.
 */
public final class SlowBlocks {
    /** The numbers from 0 up, by their codes. */
    private static final double[] E4M3 = table(4, 3, 0x7e);

    private static final double[] E5M2 = table(5, 2, 0x7b);

    private SlowBlocks() {}

    /** How many numbers and bytes a block has. */
    private static int[] block(BlockFormat format) {
        return switch (format) {
            case F32 -> new int[] {1, 4};
            case F16, BF16 -> new int[] {1, 2};
            case F8_E4M3, F8_E5M2 -> new int[] {1, 1};
            case Q8_0 -> new int[] {32, 34};
            case Q4_0 -> new int[] {32, 18};
            case Q4_K -> new int[] {256, 144};
            case Q5_K -> new int[] {256, 176};
            case Q6_K -> new int[] {256, 210};
        };
    }

    /** @param bytes whole blocks */
    static double[] decode(BlockFormat format, byte[] bytes) {
        int numbers = block(format)[0];
        int size = block(format)[1];
        double[] out = new double[bytes.length / size * numbers];
        for (int i = 0; i < out.length; i++) {
            byte[] own = Arrays.copyOfRange(bytes, i / numbers * size, (i / numbers + 1) * size);
            out[i] = number(format, own, i % numbers);
        }
        return out;
    }

    private static double number(BlockFormat format, byte[] b, int n) {
        return switch (format) {
            case F32 -> Float.intBitsToFloat(bits(b, 0, 4));
            case F16 -> half(b, 0);
            case BF16 -> Float.intBitsToFloat(bits(b, 0, 2) << 16);
            case F8_E4M3 -> small(b[0] & 255, 4, 3);
            case F8_E5M2 -> small(b[0] & 255, 5, 2);
            case Q8_0 -> half(b, 0) * b[2 + n];
            case Q4_0 -> half(b, 0) * (nibble(b, 2 + n % 16, n / 16) - 8);
            case Q4_K -> {
                double q = nibble(b, 16 + n / 64 * 32 + n % 32, n / 32 % 2);
                yield half(b, 0) * six(b, n / 32, false) * q - half(b, 2) * six(b, n / 32, true);
            }
            case Q5_K -> {
                double q = nibble(b, 48 + n / 64 * 32 + n % 32, n / 32 % 2) + 16 * bit(b, 16 + n % 32, n / 32);
                yield half(b, 0) * six(b, n / 32, false) * q - half(b, 2) * six(b, n / 32, true);
            }
            case Q6_K -> {
                int within = n % 128;
                int low = nibble(b, n / 128 * 64 + within % 64, within / 64);
                int high = (b[128 + n / 128 * 32 + n % 32] & 255) / (int) Math.pow(4, within / 32) % 4;
                yield half(b, 208) * b[192 + n / 16] * (low + 16 * high - 32);
            }
        };
    }

    private static int bits(byte[] b, int at, int count) {
        int out = 0;
        for (int i = count - 1; i >= 0; i--) {
            out = out * 256 + (b[at + i] & 255);
        }
        return out;
    }

    private static double half(byte[] b, int at) {
        int code = bits(b, at, 2);
        int exponent = code / 1024 % 32;
        double significand = code % 1024 / 1024.0 + (exponent == 0 ? 0 : 1);
        return (code < 32768 ? 1 : -1) * significand * Math.pow(2, Math.max(exponent, 1) - 15);
    }

    /** A float of 8 bits, finite. */
    static double small(int code, int exponentBits, int mantissaBits) {
        int steps = 1 << mantissaBits;
        int exponent = code % 128 / steps;
        double significand = (double) (code % steps) / steps + (exponent == 0 ? 0 : 1);
        return (code < 128 ? 1 : -1) * significand * Math.pow(2, Math.max(exponent, 1) - ((1 << exponentBits - 1) - 1));
    }

    private static int nibble(byte[] b, int at, int high) {
        return high == 0 ? (b[at] & 255) % 16 : (b[at] & 255) / 16;
    }

    private static int bit(byte[] b, int at, int which) {
        return (b[at] & 255) / (1 << which) % 2;
    }

    /** Scale or minimum of a part: the twelve bytes from 4 on, as three rows of four. */
    private static int six(byte[] b, int part, boolean minimum) {
        int column = part % 4;
        int first = b[4 + column] & 255;
        int second = b[8 + column] & 255;
        if (part < 4) {
            return (minimum ? second : first) % 64;
        }
        int low = nibble(b, 12 + column, minimum ? 1 : 0);
        return low + (minimum ? second : first) / 64 * 16;
    }

    /** Rounded to the nearest that the format can say with scales found by the largest and smallest numbers of each part. */
    public static byte[] encode(BlockFormat format, double[] x) {
        int numbers = block(format)[0];
        int size = block(format)[1];
        byte[] out = new byte[x.length / numbers * size];
        for (int i = 0; i < x.length / numbers; i++) {
            byte[] own = block(format, Arrays.copyOfRange(x, i * numbers, (i + 1) * numbers));
            System.arraycopy(own, 0, out, i * size, size);
        }
        return out;
    }

    private static byte[] block(BlockFormat format, double[] x) {
        byte[] b = new byte[block(format)[1]];
        switch (format) {
            case F32 -> put(b, 0, 4, Float.floatToRawIntBits((float) x[0]));
            case F16 -> putHalf(b, 0, x[0]);
            case BF16 -> put(b, 0, 2, Float.floatToRawIntBits((float) x[0]) + 0x8000 >>> 16);
            case F8_E4M3 -> b[0] = nearest(x[0], E4M3);
            case F8_E5M2 -> b[0] = nearest(x[0], E5M2);
            case Q8_0 -> {
                double d = putHalf(b, 0, largest(x) / 127);
                for (int n = 0; n < 32; n++) {
                    b[2 + n] = (byte) quotient(x[n], d, -127, 127);
                }
            }
            case Q4_0 -> {
                double d = putHalf(b, 0, largest(x) / 7);
                for (int n = 0; n < 32; n++) {
                    b[2 + n % 16] |= (byte) (quotient(x[n], d, -8, 7) + 8 << n / 16 * 4);
                }
            }
            case Q4_K, Q5_K -> affine(format, b, x);
            case Q6_K -> {
                double[] largest = new double[16];
                Arrays.setAll(largest, part -> largest(Arrays.copyOfRange(x, part * 16, part * 16 + 16)) / 31);
                double d = putHalf(b, 208, largest(largest) / 127);
                for (int n = 0; n < 256; n++) {
                    b[192 + n / 16] = (byte) quotient(largest[n / 16], d, 0, 127);
                    int q = quotient(x[n], d * b[192 + n / 16], -32, 31) + 32;
                    int within = n % 128;
                    b[n / 128 * 64 + within % 64] |= (byte) (q % 16 << within / 64 * 4);
                    b[128 + n / 128 * 32 + n % 32] |= (byte) (q / 16 << within / 32 * 2);
                }
            }
        }
        return b;
    }

    private static void affine(BlockFormat format, byte[] b, double[] x) {
        int most = format == BlockFormat.Q4_K ? 15 : 31;
        double[] scale = new double[8];
        double[] minimum = new double[8];
        for (int part = 0; part < 8; part++) {
            double[] own = Arrays.copyOfRange(x, part * 32, part * 32 + 32);
            minimum[part] = Math.max(0, -Arrays.stream(own).min().orElseThrow());
            scale[part] = Math.max(0, Arrays.stream(own).max().orElseThrow() + minimum[part]) / most;
        }
        double d = putHalf(b, 0, largest(scale) / 63);
        double dmin = putHalf(b, 2, largest(minimum) / 63);
        int[] s = new int[8];
        int[] m = new int[8];
        for (int part = 0; part < 8; part++) {
            s[part] = quotient(scale[part], d, 0, 63);
            m[part] = quotient(minimum[part], dmin, 0, 63);
        }
        for (int column = 0; column < 4; column++) {
            b[4 + column] = (byte) (s[column] + s[column + 4] / 16 * 64);
            b[8 + column] = (byte) (m[column] + m[column + 4] / 16 * 64);
            b[12 + column] = (byte) (s[column + 4] % 16 + m[column + 4] % 16 * 16);
        }
        int numbers = format == BlockFormat.Q4_K ? 16 : 48;
        for (int n = 0; n < 256; n++) {
            int part = n / 32;
            int q = quotient(x[n] + dmin * m[part], d * s[part], 0, most);
            b[numbers + n / 64 * 32 + n % 32] |= (byte) (q % 16 << part % 2 * 4);
            if (format == BlockFormat.Q5_K) {
                b[16 + n % 32] |= (byte) (q / 16 << part);
            }
        }
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElseThrow();
    }

    private static int quotient(double value, double unit, int least, int most) {
        return unit == 0 ? 0 : Math.clamp(Math.round(value / unit), least, most);
    }

    private static void put(byte[] b, int at, int count, int value) {
        for (int i = 0; i < count; i++) {
            b[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** @return what was written */
    private static double putHalf(byte[] b, int at, double value) {
        put(b, at, 2, Float.floatToFloat16((float) value));
        return half(b, at);
    }

    private static byte nearest(double value, double[] table) {
        int at = Arrays.binarySearch(table, Math.abs(value));
        int above = at >= 0 ? at : Math.min(-at - 1, table.length - 1);
        int below = Math.max(0, above - 1);
        int best = Math.abs(value) - table[below] < table[above] - Math.abs(value) ? below : above;
        return (byte) (value < 0 ? best + 128 : best);
    }

    private static double[] table(int exponentBits, int mantissaBits, int largestCode) {
        double[] out = new double[largestCode + 1];
        Arrays.setAll(out, code -> small(code, exponentBits, mantissaBits));
        return out;
    }
}
