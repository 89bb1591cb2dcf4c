package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How floating-point numbers lie in a file: in blocks of {@link #numbers} numbers and {@link #bytes} bytes, little endian. Formulas of the
 * quantised ones are in {@link QuantizedBlocks} and {@link SuperBlocks}, of the 8-bit floats in {@link Float8}.
 */
public enum BlockFormat {
    F32(1, 4, DType.F32),
    F16(1, 2, DType.F16),
    BF16(1, 2, DType.BF16),
    F8_E4M3(1, 1, null),
    F8_E5M2(1, 1, null),
    Q8_0(QuantizedBlocks.NUMBERS, QuantizedBlocks.Q8_0_BYTES, null),
    Q4_0(QuantizedBlocks.NUMBERS, QuantizedBlocks.Q4_0_BYTES, null),
    Q4_K(SuperBlocks.NUMBERS, SuperBlocks.Q4_K_BYTES, null),
    Q5_K(SuperBlocks.NUMBERS, SuperBlocks.Q5_K_BYTES, null),
    Q6_K(SuperBlocks.NUMBERS, SuperBlocks.Q6_K_BYTES, null);

    private final int numbers;
    private final int bytes;
    private final DType plain;

    BlockFormat(int numbers, int bytes, DType plain) {
        this.numbers = numbers;
        this.bytes = bytes;
        this.plain = plain;
    }

    /** The format of an element type that libtorch computes with; empty for those that are not here. */
    static Optional<BlockFormat> of(DType type) {
        return Arrays.stream(values()).filter(format -> format.plain == type).findFirst();
    }

    /** Numbers of a block. */
    int numbers() {
        return numbers;
    }

    /** Bytes of a block. */
    int bytes() {
        return bytes;
    }

    /** The element type of the same layout; null where there is none and numbers have to be decoded. */
    DType plain() {
        return plain;
    }

    /** Bytes of {@code count} numbers, a multiple of {@link #numbers}. */
    long bytesOf(long count) {
        return Math.multiplyExact(count / numbers, (long) bytes);
    }

    /** As options and messages name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@link #encode} writes it. */
    boolean isWritten() {
        return plain != null || this == Q8_0 || this == Q4_0;
    }

    /** The names of those that {@link #encode} writes. */
    static String writtenLabels() {
        return Arrays.stream(values())
                .filter(BlockFormat::isWritten)
                .map(BlockFormat::label)
                .collect(Collectors.joining(", "));
    }

    /**
     * Decodes whole blocks.
     *
     * @param at first byte in {@code in}
     * @param to first number in {@code out}
     * @return false where a scale or a number is NaN or infinite; numbers of the plain formats are not looked at
     */
    boolean decode(byte[] in, int at, float[] out, int to, int blocks) {
        switch (this) {
            case F32 -> {
                for (int i = 0; i < blocks; i++) {
                    out[to + i] = LittleEndian.float32(in, at + 4 * i);
                }
            }
            case F16 -> {
                for (int i = 0; i < blocks; i++) {
                    out[to + i] = LittleEndian.float16(in, at + 2 * i);
                }
            }
            case BF16 -> {
                for (int i = 0; i < blocks; i++) {
                    out[to + i] = Float.intBitsToFloat(LittleEndian.int16(in, at + 2 * i) << 16);
                }
            }
            case F8_E4M3 -> {
                return Float8.decodeE4m3(in, at, out, to, blocks);
            }
            case F8_E5M2 -> {
                return Float8.decodeE5m2(in, at, out, to, blocks);
            }
            default -> {
                boolean finite = true;
                for (int i = 0; i < blocks; i++) {
                    finite &= decodeBlock(in, at + i * bytes, out, to + i * numbers);
                }
                return finite;
            }
        }
        return true;
    }

    private boolean decodeBlock(byte[] in, int at, float[] out, int to) {
        return switch (this) {
            case Q8_0 -> QuantizedBlocks.decodeQ8(in, at, out, to);
            case Q4_0 -> QuantizedBlocks.decodeQ4(in, at, out, to);
            case Q4_K -> SuperBlocks.decodeQ4(in, at, out, to);
            case Q5_K -> SuperBlocks.decodeQ5(in, at, out, to);
            case Q6_K -> SuperBlocks.decodeQ6(in, at, out, to);
            default -> throw new IllegalStateException(this + " has blocks of one number");
        };
    }

    /**
     * Encodes whole blocks, rounding to the nearest.
     *
     * @throws EngineException when a number is NaN, infinite or too large for the format
     */
    void encode(float[] in, int from, byte[] out, int to, int blocks) {
        for (int i = from; i < from + blocks * numbers; i++) {
            if (!Float.isFinite(in[i])) {
                throw new EngineException(in[i] + " cannot be written as " + label());
            }
        }
        for (int i = 0; i < blocks; i++) {
            int block = to + i * bytes;
            int first = from + i * numbers;
            switch (this) {
                case F32 -> LittleEndian.putInt32(out, block, Float.floatToRawIntBits(in[first]));
                case F16 -> LittleEndian.putFloat16(out, block, in[first]);
                case BF16 -> LittleEndian.putInt16(out, block, bfloat16(in[first]));
                case Q8_0 -> QuantizedBlocks.encodeQ8(in, first, out, block);
                case Q4_0 -> QuantizedBlocks.encodeQ4(in, first, out, block);
                default -> throw new EngineException(label() + " is read, not written; written are " + writtenLabels());
            }
        }
    }

    /** Rounded to the nearest, ties to even. */
    private static int bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounded = (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16;
        if ((rounded & 0x7f80) == 0x7f80) {
            throw new EngineException(value + " is too large for bf16");
        }
        return rounded;
    }
}
