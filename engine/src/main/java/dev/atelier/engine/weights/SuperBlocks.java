package dev.atelier.engine.weights;

/**
 * Blocks of 256 numbers whose parts have small scales of their own, themselves scaled by one fp16 number. Source: {@code ggml-quants.c} and
 * {@code quants.py} of ggml-org/llama.cpp, whose names these are.
 *
 * <ul>
 *   <li>Q4_K: d, dmin (fp16), 12 bytes with eight scales s and minima m of 6 bits, 128 bytes of q in 4 bits; of each 32 numbers the number is
 *       d·s·q − dmin·m. Each 32 bytes hold 64 numbers, the first 32 in their low halves.
 *   <li>Q5_K: as Q4_K, with 32 bytes before q that hold the fifth bits: bit k of byte i that of number 32·k + i.
 *   <li>Q6_K: 128 bytes of lower 4 bits, 64 bytes of upper 2 bits, 16 signed scales s of 16 numbers each, d; the number is d·s·(q − 32).
 * </ul>
 */
final class SuperBlocks {
    static final int NUMBERS = 256;
    static final int Q4_K_BYTES = 144;
    static final int Q5_K_BYTES = 176;
    static final int Q6_K_BYTES = 210;

    private static final int PART = 32;
    private static final int SCALES = 4; // byte where the scales of Q4_K and Q5_K begin
    private static final int SCALE_BYTES = 12;

    private SuperBlocks() {}

    /** The part's scale: 6 bits, of the last four parts put together from two places. */
    private static int scale(byte[] in, int scales, int part) {
        return part < 4 ? in[scales + part] & 63 : in[scales + part + 4] & 15 | (in[scales + part - 4] >> 6 & 3) << 4;
    }

    /** The part's minimum, as {@link #scale}. */
    private static int minimum(byte[] in, int scales, int part) {
        return part < 4
                ? in[scales + part + 4] & 63
                : in[scales + part + 4] >> 4 & 15 | (in[scales + part] >> 6 & 3) << 4;
    }

    static boolean decodeQ4(byte[] in, int at, float[] out, int to) {
        float d = LittleEndian.float16(in, at);
        float dmin = LittleEndian.float16(in, at + 2);
        int scales = at + SCALES;
        int numbers = scales + SCALE_BYTES;
        for (int part = 0; part < 8; part += 2) {
            float lowScale = d * scale(in, scales, part);
            float lowMinimum = dmin * minimum(in, scales, part);
            float highScale = d * scale(in, scales, part + 1);
            float highMinimum = dmin * minimum(in, scales, part + 1);
            int pairs = numbers + part / 2 * PART;
            int first = to + part * PART;
            for (int i = 0; i < PART; i++) {
                out[first + i] = lowScale * (in[pairs + i] & 15) - lowMinimum;
            }
            for (int i = 0; i < PART; i++) {
                out[first + PART + i] = highScale * (in[pairs + i] >> 4 & 15) - highMinimum;
            }
        }
        return Float.isFinite(d) && Float.isFinite(dmin);
    }

    static boolean decodeQ5(byte[] in, int at, float[] out, int to) {
        float d = LittleEndian.float16(in, at);
        float dmin = LittleEndian.float16(in, at + 2);
        int scales = at + SCALES;
        int fifth = scales + SCALE_BYTES;
        int numbers = fifth + PART;
        for (int part = 0; part < 8; part++) {
            float partScale = d * scale(in, scales, part);
            float partMinimum = dmin * minimum(in, scales, part);
            int pairs = numbers + part / 2 * PART;
            int shift = part % 2 * 4;
            for (int i = 0; i < PART; i++) {
                int q = in[pairs + i] >> shift & 15 | (in[fifth + i] >> part & 1) << 4;
                out[to + part * PART + i] = partScale * q - partMinimum;
            }
        }
        return Float.isFinite(d) && Float.isFinite(dmin);
    }

    static boolean decodeQ6(byte[] in, int at, float[] out, int to) {
        float d = LittleEndian.float16(in, at + Q6_K_BYTES - 2);
        for (int half = 0; half < 2; half++) {
            int lower = at + half * 64;
            int upper = at + 128 + half * 32;
            int scales = at + 192 + half * 8;
            // Of each 128 numbers, part k has its lower bits in bytes 32·(k % 2) on (low halves, then high ones).
            for (int sixteen = 0; sixteen < 8; sixteen++) {
                int part = sixteen / 2;
                int shift = part / 2 * 4;
                int upperShift = 2 * part;
                int from = sixteen % 2 * 16;
                int low = lower + part % 2 * PART + from;
                int first = to + half * 128 + sixteen * 16;
                float partScale = d * in[scales + sixteen];
                for (int i = 0; i < 16; i++) {
                    int q = in[low + i] >> shift & 15 | (in[upper + from + i] >> upperShift & 3) << 4;
                    out[first + i] = partScale * (q - 32);
                }
            }
        }
        return Float.isFinite(d);
    }
}
