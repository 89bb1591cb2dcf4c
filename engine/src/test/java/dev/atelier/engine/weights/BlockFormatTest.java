package dev.atelier.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.EngineException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks of every format hold the numbers that their formulas say. */
class BlockFormatTest {
    private static final byte[] HALF = {0, 0x38}; // 0.5 in fp16
    private static final byte[] ONE = {0, 0x3c};
    private static final byte[] TWO = {0, 0x40};

    private static float[] decode(BlockFormat format, byte[] block) {
        float[] out = new float[block.length / format.bytes() * format.numbers()];
        assertThat(format.decode(block, 0, out, 0, block.length / format.bytes()))
                .isTrue();
        return out;
    }

    /** A block of zeros but for the given bytes from the given place on. */
    private static byte[] block(BlockFormat format, int at, byte... bytes) {
        byte[] out = new byte[format.bytes()];
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return out;
    }

    @Test
    void q8ByHand() {
        byte[] block = block(BlockFormat.Q8_0, 0, HALF);
        for (int i = 0; i < 32; i++) {
            block[2 + i] = (byte) (i - 16);
        }
        float[] numbers = decode(BlockFormat.Q8_0, block);
        assertThat(numbers[0]).isEqualTo(-8f);
        assertThat(numbers[16]).isZero();
        assertThat(numbers[31]).isEqualTo(7.5f);
    }

    @Test
    void q4ByHand() {
        byte[] block = block(BlockFormat.Q4_0, 0, TWO);
        for (int i = 0; i < 16; i++) {
            block[2 + i] = (byte) (15 - i << 4 | i);
        }
        float[] numbers = decode(BlockFormat.Q4_0, block);
        assertThat(numbers[0]).isEqualTo(-16f); // 2 (0 - 8)
        assertThat(numbers[15]).isEqualTo(14f); // 2 (15 - 8)
        assertThat(numbers[16]).isEqualTo(14f); // 2 (15 - 8), in the high half of the first byte
        assertThat(numbers[31]).isEqualTo(-16f);
    }

    /** d 1, dmin 0.5, scales 1 2 3 4 33 34 35 36, minima 5 6 7 8 49 50 51 52; q 3 in parts 0, 2, 4, 6 and 9 in the others. */
    private static byte[] superBlock(BlockFormat format, int numbers) {
        byte[] block = block(format, 0, ONE);
        block[3] = 0x38;
        int[] scales = {1, 2, 3, 4, 33, 34, 35, 36};
        int[] minima = {5, 6, 7, 8, 49, 50, 51, 52};
        for (int i = 0; i < 4; i++) {
            block[4 + i] = (byte) (scales[i] | scales[i + 4] >> 4 << 6);
            block[8 + i] = (byte) (minima[i] | minima[i + 4] >> 4 << 6);
            block[12 + i] = (byte) (scales[i + 4] & 15 | (minima[i + 4] & 15) << 4);
        }
        Arrays.fill(block, numbers, numbers + 128, (byte) 0x93);
        return block;
    }

    @Test
    void q4kByHand() {
        float[] numbers = decode(BlockFormat.Q4_K, superBlock(BlockFormat.Q4_K, 16));
        float[] expected = {0.5f, 15, 5.5f, 32, 74.5f, 281, 79.5f, 298};
        for (int i = 0; i < 256; i++) {
            assertThat(numbers[i]).as("number %d", i).isEqualTo(expected[i / 32]);
        }
    }

    @Test
    void q5kByHand() {
        byte[] block = superBlock(BlockFormat.Q5_K, 48);
        Arrays.fill(block, 16, 48, (byte) 0b10101010); // 16 more in parts 1, 3, 5, 7
        float[] numbers = decode(BlockFormat.Q5_K, block);
        float[] expected = {0.5f, 47, 5.5f, 96, 74.5f, 825, 79.5f, 874};
        for (int i = 0; i < 256; i++) {
            assertThat(numbers[i]).as("number %d", i).isEqualTo(expected[i / 32]);
        }
    }

    @Test
    void q6kByHand() {
        byte[] block = new byte[210];
        Arrays.fill(block, 0, 128, (byte) 0x21); // low bits 1 in parts 0 and 1, 2 in parts 2 and 3 of each 128
        Arrays.fill(block, 128, 192, (byte) 0b11100100); // high bits 0, 1, 2, 3
        for (int i = 0; i < 16; i++) {
            block[192 + i] = (byte) (i - 8);
        }
        block[209] = 0x34; // 0.25
        float[] numbers = decode(BlockFormat.Q6_K, block);
        int[] q = {1 - 32, 17 - 32, 34 - 32, 50 - 32};
        for (int i = 0; i < 256; i++) {
            assertThat(numbers[i]).as("number %d", i).isEqualTo(0.25f * (i / 16 - 8) * q[i % 128 / 32]);
        }
    }

    /** Any bytes are a block, whose scales are fp16 numbers; those that are not finite are told. */
    @ParameterizedTest
    @EnumSource(BlockFormat.class)
    void anyBytesAreWhatTheFormulaSays(BlockFormat format) {
        Random random = new Random(format.ordinal());
        byte[] bytes = new byte[format.bytes() * 700];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i += format.bytes()) {
            switch (format) {
                case Q8_0, Q4_0 -> bytes[i + 1] &= 0x3f;
                case Q4_K, Q5_K -> {
                    bytes[i + 1] &= 0x3f;
                    bytes[i + 3] &= 0x3f;
                }
                case Q6_K -> bytes[i + 209] &= 0x3f;
                case F16, BF16 -> bytes[i + 1] &= (byte) 0xbb;
                case F32 -> bytes[i + 3] &= (byte) 0xbb;
                case F8_E4M3, F8_E5M2 -> bytes[i] &= (byte) 0xbf;
            }
        }
        double[] expected = SlowBlocks.decode(format, bytes);
        float[] numbers = decode(format, bytes);
        assertThat(numbers).hasSize(expected.length);
        // Scales of 11 bits times whole numbers of at most 13 fit into fp32, and a difference of two such is rounded
        // once.
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).as("number %d", i).isEqualTo((float) expected[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"F8_E4M3, 4, 3, 127", "F8_E5M2, 5, 2, 124"})
    void allCodesOfAFloatOf8Bits(BlockFormat format, int exponentBits, int mantissaBits, int firstNotFinite) {
        for (int code = 0; code < 256; code++) {
            float[] out = new float[1];
            boolean finite = format.decode(new byte[] {(byte) code}, 0, out, 0, 1);
            assertThat(finite).as("code %d", code).isEqualTo(code % 128 < firstNotFinite);
            if (finite) {
                assertThat((double) out[0])
                        .as("code %d", code)
                        .isEqualTo(SlowBlocks.small(code, exponentBits, mantissaBits));
            }
        }
    }

    @Test
    void theLargestAndSmallestFloatsOf8Bits() {
        assertThat(decode(BlockFormat.F8_E4M3, new byte[] {0x7e, 0x01, (byte) 0xfe, 0x38}))
                .containsExactly(448, 0x1p-9f, -448, 1);
        assertThat(decode(BlockFormat.F8_E5M2, new byte[] {0x7b, 0x01, (byte) 0xfb, 0x3c}))
                .containsExactly(57344, 0x1p-16f, -57344, 1);
    }

    @ParameterizedTest
    @CsvSource({"F32, 0", "F16, 0.0005", "BF16, 0.004", "Q8_0, 0.0045", "Q4_0, 0.126"})
    void whatIsWrittenIsReadAgain(BlockFormat format, double error) {
        Random random = new Random(7);
        float[] numbers = new float[32 * 50];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian() * (i < 32 ? 0.1f : 1);
        }
        Arrays.fill(numbers, 64, 96, 0); // a block of zeros
        byte[] bytes = new byte[(int) format.bytesOf(numbers.length)];
        format.encode(numbers, 0, bytes, 0, numbers.length / format.numbers());
        double[] read = SlowBlocks.decode(format, bytes);
        for (int block = 0; block < numbers.length / 32; block++) {
            double largest = 0;
            for (int i = block * 32; i < block * 32 + 32; i++) {
                largest = Math.max(largest, Math.abs(numbers[i]));
            }
            for (int i = block * 32; i < block * 32 + 32; i++) {
                assertThat(read[i]).as("number %d", i).isCloseTo(numbers[i], within(error * largest));
            }
        }
    }

    /** The same bytes as llama.cpp's reference: 127 is the largest q of Q8_0, and of Q4_0 the number of largest size is q = 0. */
    @Test
    void theLargestNumberIsExact() {
        float[] numbers = new float[32];
        numbers[3] = -254;
        numbers[20] = 127;
        byte[] q8 = new byte[34];
        BlockFormat.Q8_0.encode(numbers, 0, q8, 0, 1);
        assertThat(q8[0]).isZero();
        assertThat(q8[1]).isEqualTo((byte) 0x40);
        assertThat(q8[2 + 3]).isEqualTo((byte) -127);
        assertThat(q8[2 + 20]).isEqualTo((byte) 64); // 63.5, away from zero
        byte[] q4 = new byte[18];
        numbers[3] = -256;
        BlockFormat.Q4_0.encode(numbers, 0, q4, 0, 1);
        assertThat(SlowBlocks.decode(BlockFormat.Q4_0, q4)[3]).isEqualTo(-256);
        assertThat(q4[2 + 3] & 15).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "F16, 70000, 65504",
        "BF16, 3.4e38, too large for bf16",
        "Q8_0, NaN, NaN",
        "Q4_0, Infinity, Infinity",
        "F32, NaN, NaN"
    })
    void whatDoesNotFitIsRefused(BlockFormat format, float number, String message) {
        float[] numbers = new float[32];
        numbers[5] = number;
        assertThatThrownBy(() -> format.encode(numbers, 0, new byte[128], 0, 32 / format.numbers()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aScaleThatIsNotFiniteIsTold() {
        for (BlockFormat format : BlockFormat.values()) {
            if (format.numbers() > 1) {
                byte[] block = block(format, format == BlockFormat.Q6_K ? 208 : 0, (byte) 0, (byte) 0x7c);
                assertThat(format.decode(block, 0, new float[256], 0, 1))
                        .as("%s", format)
                        .isFalse();
            }
        }
    }
}
