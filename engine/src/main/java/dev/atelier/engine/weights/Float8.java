package dev.atelier.engine.weights;

/**
 * Floats of 8 bits. Source: Micikevicius et al., FP8 Formats for Deep Learning (2022), table 1. E4M3: sign, 4 bits of exponent (bias 7), 3 of
 * mantissa, no infinity, NaN only where exponent and mantissa are all ones. E5M2: sign, 5 bits (bias 15), 2 of mantissa, infinities and
 * NaN as IEEE 754 has them. Both have subnormal numbers, and every number of both is one of bf16.
 */
final class Float8 {
    private static final int CODES = 256;
    private static final int E4M3_NAN = 0x7f;
    private static final int E5M2_INFINITY = 0x7c;
    private static final float[] E4M3 = table(3, 7);
    private static final float[] E5M2 = table(2, 15);

    private Float8() {}

    private static float[] table(int mantissaBits, int bias) {
        float[] out = new float[CODES];
        for (int code = 0; code < CODES; code++) {
            int exponent = (code & 0x7f) >> mantissaBits;
            int mantissa = code & (1 << mantissaBits) - 1;
            int significand = exponent == 0 ? mantissa : mantissa + (1 << mantissaBits);
            float value = Math.scalb((float) significand, Math.max(exponent, 1) - bias - mantissaBits);
            out[code] = code < CODES / 2 ? value : -value;
        }
        return out;
    }

    /** @return false where one of them is NaN */
    static boolean decodeE4m3(byte[] in, int at, float[] out, int to, int count) {
        boolean finite = true;
        for (int i = 0; i < count; i++) {
            int code = in[at + i];
            finite &= (code & 0x7f) != E4M3_NAN;
            out[to + i] = E4M3[code & 0xff];
        }
        return finite;
    }

    /** @return false where one of them is NaN or infinite */
    static boolean decodeE5m2(byte[] in, int at, float[] out, int to, int count) {
        boolean finite = true;
        for (int i = 0; i < count; i++) {
            int code = in[at + i];
            finite &= (code & 0x7f) < E5M2_INFINITY;
            out[to + i] = E5M2[code & 0xff];
        }
        return finite;
    }
}
