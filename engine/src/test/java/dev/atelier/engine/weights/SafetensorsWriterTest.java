package dev.atelier.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter.Declared;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path folder;

    private PointerScope scope;

    @BeforeEach
    void openScope() {
        scope = new PointerScope();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    @Test
    void whatWasWrittenIsReadBackWithTypesShapesAndMetadata() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("bytes", Tensors.of(new byte[] {1, 2, 3}, 3));
        tensors.put(
                "transposed", Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t());
        tensors.put("halves", Tensors.to(Tensors.of(new float[] {0.5f, -2}, 1, 2), DType.BF16));
        tensors.put("none", Tensors.empty(DType.F32, 0, 4));
        Path file = folder.resolve("made/here/weights.safetensors");

        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.type("halves")).isEqualTo(DType.BF16);
            assertThat(read.shape("none")).containsExactly(0, 4);
            Scopes.run(() -> {
                assertThat(Tensors.toFloats(read.tensor("transposed"))).containsExactly(1, 4, 2, 5, 3, 6);
                assertThat(Tensors.toFloats(read.tensor("halves"))).containsExactly(0.5f, -2);
                assertThat(Tensors.toBytes(read.tensor("bytes"))).containsExactly(1, 2, 3);
            });
        }
    }

    @Test
    void everyTensorLiesAlignedInTheFile() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("odd", Tensors.of(new byte[] {1, 2, 3}, 3));
        tensors.put("halves", Tensors.to(Tensors.of(new float[] {1}, 1), DType.F16));
        tensors.put("wide", Tensors.of(new long[] {1}, 1));
        Path file = folder.resolve("weights.safetensors");

        SafetensorsWriter.write(file, tensors, Map.of());

        byte[] bytes = Files.readAllBytes(file);
        long headerBytes = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong();
        assertThat((headerBytes + 8) % 64).isZero();
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(Scopes.plain(() -> read.tensor("wide").data_ptr().address()) % 8)
                    .isZero();
            assertThat(Scopes.plain(() -> read.tensor("halves").data_ptr().address()) % 2)
                    .isZero();
        }
    }

    @Test
    void dataMayComeInAnyOrderAndInPieces() {
        Path file = folder.resolve("weights.safetensors");
        List<Declared> declared = List.of(
                new Declared("a", DType.U8, 4), new Declared("b", DType.U8, 2), new Declared("c", DType.F32, 1));

        try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of())) {
            writer.append("b", MemorySegment.ofArray(new byte[] {9, 8}));
            writer.append("a", MemorySegment.ofArray(new byte[] {1}));
            writer.put("c", Tensors.of(new float[] {2.5f}, 1));
            writer.append("a", MemorySegment.ofArray(new byte[] {2, 3, 4}));
            writer.finish();
        }

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            Scopes.run(() -> {
                assertThat(Tensors.toBytes(read.tensor("a"))).containsExactly(1, 2, 3, 4);
                assertThat(Tensors.toBytes(read.tensor("b"))).containsExactly(9, 8);
                assertThat(Tensors.toFloats(read.tensor("c"))).containsExactly(2.5f);
            });
        }
    }

    @Test
    void anUnfinishedFileLeavesTheOldOneAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.safetensors"), "old");
        List<Declared> declared = List.of(new Declared("a", DType.U8, 4));

        assertThatThrownBy(() -> {
                    try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of())) {
                        writer.append("a", MemorySegment.ofArray(new byte[] {1}));
                        writer.finish();
                    }
                })
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a: 1 of 4 bytes were written");

        assertThat(file).hasContent("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void whatWasNotDeclaredIsRefused() {
        List<Declared> declared = List.of(new Declared("a", DType.U8, 4));
        Path file = folder.resolve("weights.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of())) {
            assertThatThrownBy(() -> writer.put("a", Tensors.of(new byte[] {1, 2}, 2)))
                    .hasMessageContaining("a: declared U8 [4], given U8 [2]");
            assertThatThrownBy(() -> writer.put("b", Tensors.of(new byte[] {1, 2}, 2)))
                    .hasMessageContaining("b: not declared");
            assertThatThrownBy(() -> writer.append("a", MemorySegment.ofArray(new byte[5])))
                    .hasMessageContaining("a: 5 bytes given, 4 expected");
        }
    }

    @Test
    void aNameDeclaredTwiceIsRefused() {
        List<Declared> twice = List.of(new Declared("a", DType.U8, 4), new Declared("a", DType.U8, 4));

        assertThatThrownBy(() -> SafetensorsWriter.create(folder.resolve("x"), twice, Map.of()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a: declared twice");
    }

    @Test
    void nothingNativeIsLeftBehind() {
        Tensor tensor = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
        long before = Pointer.totalCount();

        SafetensorsWriter.write(folder.resolve("w"), Map.of("a", tensor), Map.of());

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }
}
