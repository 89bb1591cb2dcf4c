package dev.atelier.engine.weights;

/**
 * Blocks of 32 numbers with one scale d in fp16. Source: {@code quants.py} of ggml-org/llama.cpp, whose names these are.
 *
 * <ul>
 *   <li>Q8_0: d, then 32 signed bytes q; the number is d·q.
 *   <li>Q4_0: d, then 16 bytes; byte i holds q of number i in its low half and of number 16 + i in its high half; the number is d·(q − 8).
 * </ul>
 */
final class QuantizedBlocks {
    static final int NUMBERS = 32;
    static final int Q8_0_BYTES = 2 + NUMBERS;
    static final int Q4_0_BYTES = 2 + NUMBERS / 2;

    private static final int HALF = NUMBERS / 2;

    private QuantizedBlocks() {}

    static boolean decodeQ8(byte[] in, int at, float[] out, int to) {
        float scale = LittleEndian.float16(in, at);
        for (int i = 0; i < NUMBERS; i++) {
            out[to + i] = scale * in[at + 2 + i];
        }
        return Float.isFinite(scale);
    }

    static boolean decodeQ4(byte[] in, int at, float[] out, int to) {
        float scale = LittleEndian.float16(in, at);
        for (int i = 0; i < HALF; i++) {
            int pair = in[at + 2 + i];
            out[to + i] = scale * ((pair & 15) - 8);
            out[to + HALF + i] = scale * ((pair >> 4 & 15) - 8);
        }
        return Float.isFinite(scale);
    }

    /** d = max|x| / 127, q = x / d rounded, halves away from zero. */
    static void encodeQ8(float[] in, int from, byte[] out, int to) {
        float largest = 0;
        for (int i = from; i < from + NUMBERS; i++) {
            largest = Math.max(largest, Math.abs(in[i]));
        }
        float scale = largest / 127;
        float inverse = scale == 0 ? 0 : 1 / scale;
        LittleEndian.putFloat16(out, to, scale);
        for (int i = 0; i < NUMBERS; i++) {
            float scaled = in[from + i] * inverse;
            out[to + 2 + i] = (byte) (int) (scaled + Math.copySign(0.5, scaled));
        }
    }

    /** d = −(the number of largest size) / 8, so that this one is q = 0 exactly; q = x / d + 8 rounded, at most 15. */
    static void encodeQ4(float[] in, int from, byte[] out, int to) {
        float extreme = 0;
        for (int i = from; i < from + NUMBERS; i++) {
            if (Math.abs(in[i]) > Math.abs(extreme)) {
                extreme = in[i];
            }
        }
        float scale = extreme / -8;
        float inverse = scale == 0 ? 0 : 1 / scale;
        LittleEndian.putFloat16(out, to, scale);
        for (int i = 0; i < HALF; i++) {
            int low = nibble(in[from + i], inverse);
            int high = nibble(in[from + HALF + i], inverse);
            out[to + 2 + i] = (byte) (low | high << 4);
        }
    }

    private static int nibble(float value, float inverse) {
        return Math.clamp((int) ((double) value * inverse + 8.5), 0, 15);
    }
}
