package dev.atelier.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.atelier.engine.tensor.EngineException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A header is read as it was written, and what is wrong in one is said with its place, without memory for what it claims. */
class GgufHeaderTest {
    private static final Path FILE = Path.of("model.gguf");
    private static final int FLOATS = 0;
    private static final int Q8 = 8;
    /** More than what every header here takes, less than what any lie asks for. */
    private static final long MOST_ALLOCATED = 8 << 20;

    private static GgufHeader parse(byte[] bytes) {
        return GgufHeader.parse(FILE, MemorySegment.ofArray(bytes));
    }

    private static GgufBytes good() {
        return new GgufBytes(4, 8)
                .pair("general.architecture", "qwen3")
                .pair("qwen3.block_count", 28)
                .pair("qwen3.rope.freq_base", 1_000_000f)
                .pair("tokenizer.ggml.tokens", List.of("a", "", "ü", "<|im_start|>"))
                .pair("qwen3.dimension_sections", 24, 20, 20, 0)
                .raw("general.flag", 7, (byte) 1)
                .raw(
                        "general.wide",
                        12,
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putDouble(0.1)
                                .array())
                .raw("general.negative", 11, ByteBuffer.allocate(8).putLong(-1).array())
                .tensor("token_embd.weight", Q8, new byte[5 * 34 * 2], 5, 64)
                .tensor("output_norm.weight", FLOATS, new byte[4 * 64], 64)
                .tensor("scalar", FLOATS, new byte[4])
                .tensor("empty", FLOATS, new byte[0], 0, 3);
    }

    @Test
    void whatIsThereIsRead() {
        GgufHeader header = parse(good().bytes());

        assertThat(header.entries().keySet())
                .containsExactly("token_embd.weight", "output_norm.weight", "scalar", "empty");
        assertThat(header.entries().get("token_embd.weight").format()).isEqualTo(BlockFormat.Q8_0);
        assertThat(header.entries().get("token_embd.weight").shape()).containsExactly(5, 64);
        assertThat(header.entries().get("output_norm.weight").offset()).isEqualTo(352);
        assertThat(header.entries().get("scalar").shape()).isEmpty();
        assertThat(header.metadata())
                .containsEntry("general.architecture", "qwen3")
                .containsEntry("qwen3.block_count", "28")
                .containsEntry("qwen3.rope.freq_base", "1000000.0")
                .containsEntry("qwen3.dimension_sections", "24,20,20,0")
                .containsEntry("general.flag", "true")
                .containsEntry("general.wide", "0.1")
                .containsEntry("general.negative", "-1")
                .containsEntry("tokenizer.ggml.tokens", "");
        assertThat(header.dataStart() % 32).isZero();
    }

    @Test
    void theAlignmentIsTheFilesOwn() {
        byte[] bytes = new GgufBytes(2, 1, 1, 256)
                .pair("general.alignment", 256)
                .tensor("a", FLOATS, new byte[400], 100)
                .bytes();
        GgufHeader header = parse(bytes);
        assertThat(header.dataStart()).isEqualTo(256);
    }

    @Test
    void foldedShapesAreUnfolded() {
        byte[] bytes = new GgufBytes(1, 1)
                .pair("comfy.gguf.orig_shape.conv", 4, 8, 2, 1, 1)
                .tensor("conv", FLOATS, new byte[4 * 64], 32, 2)
                .bytes();
        assertThat(parse(bytes).entries().get("conv").shape()).containsExactly(4, 8, 2, 1, 1);
    }

    static Stream<Arguments> wrong() {
        byte[] some = new byte[64];
        return Stream.of(
                Arguments.of(new GgufBytes(1, 0, 0, 32), List.of("version 1", "2 and 3")),
                Arguments.of(new GgufBytes(3 << 24, 0, 0, 32), List.of("big endian")),
                Arguments.of(new GgufBytes(Long.MAX_VALUE, 0), List.of("9223372036854775807 tensors")),
                Arguments.of(new GgufBytes(-1, 0), List.of("18446744073709551615")),
                Arguments.of(new GgufBytes(0, 60_000), List.of("60000 key-value pairs", "bytes")),
                Arguments.of(new GgufBytes(0, 2).pair("k", 1).pair("k", 2), List.of("key 'k'", "twice")),
                Arguments.of(
                        new GgufBytes(0, 1).raw("k", 8, longs(1L << 40)),
                        List.of("key 'k'", "truncated", "1099511627776")),
                Arguments.of(new GgufBytes(0, 1).raw("k", 13, longs(1)), List.of("key 'k'", "value type 13")),
                Arguments.of(
                        new GgufBytes(0, 1).raw("k", 9, array(5, 1L << 60)),
                        List.of("key 'k'", "1152921504606846976 elements")),
                Arguments.of(
                        new GgufBytes(0, 1).raw("k", 9, array(8, 1L << 33)), List.of("key 'k'", "8589934592 elements")),
                Arguments.of(new GgufBytes(0, 1).raw("k", 9, nested(9)), List.of("key 'k'", "inside each other")),
                Arguments.of(new GgufBytes(0, 1).raw("k", 9, array(77, 1)), List.of("value type 77")),
                Arguments.of(new GgufBytes(0, 1).pair("", 1), List.of("key-value pair 1 of 1", "key of 0 bytes")),
                Arguments.of(
                        new GgufBytes(0, 1)
                                .raw(
                                        "k",
                                        8,
                                        (byte) 1,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0,
                                        (byte) 0xff),
                        List.of("key 'k'", "UTF-8")),
                Arguments.of(
                        new GgufBytes(0, 1).pair("general.alignment", 24),
                        List.of("general.alignment", "24", "power of two")),
                Arguments.of(
                        new GgufBytes(0, 1).pair("general.alignment", 0), List.of("general.alignment", "power of two")),
                Arguments.of(new GgufBytes(0, 1).pair("general.alignment", "32 "), List.of("general.alignment")),
                Arguments.of(new GgufBytes(0, 1).pair("split.count", 3), List.of("3 parts", "gguf-split")),
                Arguments.of(
                        new GgufBytes(2, 0).tensor("a", FLOATS, some, 16).tensor("a", FLOATS, some, 16),
                        List.of("tensor 'a'", "twice")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", 23, some, 256),
                        List.of("tensor 'a'", "IQ4_XS", "Q4_K", "Q6_K")),
                Arguments.of(new GgufBytes(1, 0).tensor("a", 10, some, 256), List.of("tensor 'a'", "Q2_K", "BF16")),
                Arguments.of(new GgufBytes(1, 0).tensor("a", 999, some, 256), List.of("tensor 'a'", "type number 999")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", Q8, some, 2, 33), List.of("tensor 'a'", "rows of 33", "32")),
                Arguments.of(new GgufBytes(1, 0).tensor("a", 12, some, 2, 128), List.of("tensor 'a'", "Q4_K", "256")),
                Arguments.of(new GgufBytes(1, 0).tensor("a", FLOATS, some, 1, 1, 1, 1, 16), List.of("5 dimensions")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", FLOATS, some, 1L << 40, 1L << 40),
                        List.of("tensor 'a'", "too large")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", FLOATS, some, 1L << 62), List.of("tensor 'a'", "too large")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", FLOATS, some, -1), List.of("tensor 'a'", "beyond every file")),
                Arguments.of(
                        new GgufBytes(1, 0).tensor("a", FLOATS, some, 17),
                        List.of("tensor 'a'", "68 bytes", "truncated")),
                Arguments.of(new GgufBytes(1, 0).entry("a", FLOATS, 16, 1), List.of("tensor 'a'", "alignment 32")),
                Arguments.of(
                        new GgufBytes(1, 0).entry("a", FLOATS, Long.MAX_VALUE - 31, 4),
                        List.of("tensor 'a'", "truncated")),
                Arguments.of(
                        new GgufBytes(2, 0).tensor("a", FLOATS, some, 16).entry("b", FLOATS, 32, 8),
                        List.of("tensor 'b'", "inside of another")),
                Arguments.of(
                        new GgufBytes(1, 1)
                                .pair("comfy.gguf.orig_shape.a", 3, 5)
                                .tensor("a", FLOATS, some, 16),
                        List.of("tensor 'a'", "orig_shape 3,5")));
    }

    private static byte[] longs(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] array(int type, long length) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putLong(length)
                .array();
    }

    /** Arrays of one array each. */
    private static byte[] nested(int depth) {
        ByteBuffer out = ByteBuffer.allocate(12 * depth + 13).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth; i++) {
            out.putInt(9).putLong(1);
        }
        return out.putInt(0).putLong(1).array();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidWithItsPlace(GgufBytes file, List<String> message) {
        long before = allocated();
        assertThatThrownBy(() -> parse(file.bytes()))
                .isInstanceOf(EngineException.class)
                .message()
                .startsWith("model.gguf: ")
                .contains(message);
        assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
    }

    /** A thousand headers, each cut off or with some bytes changed: read, or refused in words; never more memory than the file explains. */
    @Test
    void aThousandDamagedHeaders() {
        byte[] good = good().bytes();
        int header = good().headerBytes();
        Random random = new Random(14);
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = i % 4 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (i % 4 != 0) {
                damage(bytes, header, random, i % 4);
            }
            long before = allocated();
            try {
                Map<String, GgufHeader.Entry> entries = parse(bytes).entries();
                assertThat(i % 4).as("case %d: a cut file", i).isNotZero();
                assertThat(entries.values())
                        .allSatisfy(e -> assertThat(e.bytes()).isLessThanOrEqualTo(bytes.length));
            } catch (EngineException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("case %d", i)
                        .startsWith("model.gguf: ")
                        .doesNotContain("Exception", "null");
                assertThat(e.getMessage().length()).as("case %d", i).isLessThan(1500);
            }
            assertThat(allocated() - before).as("case %d", i).isLessThan(MOST_ALLOCATED);
        }
        assertThat(refused).isGreaterThan(600);
    }

    private static void damage(byte[] bytes, int header, Random random, int kind) {
        int at = 4 + random.nextInt(header - 12);
        switch (kind) {
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = 0; i < 8; i++) {
                    bytes[at + i] = (byte) random.nextInt(256);
                }
            }
            default -> Arrays.fill(bytes, at, at + 8, random.nextBoolean() ? (byte) 0xff : (byte) 0x7f);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
