package dev.atelier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Int8WeightsTest {
    private static final String LARGE = "blocks.0.attn.to_q.weight";

    @TempDir
    Path folder;

    private PointerScope scope;
    private Weights weights;
    private Path cache;

    @BeforeEach
    void writeModel() {
        scope = new PointerScope();
        cache = folder.resolve("cache");
        writeModel(1);
        weights = Weights.open(folder, "model", Device.CPU);
    }

    @AfterEach
    void close() {
        weights.close();
        scope.close();
    }

    @Test
    void largeMatricesOfBlocksArePreparedAndNothingElse() {
        try (Int8Weights prepared = Int8Weights.open(weights, cache, _ -> true)) {
            assertThat(prepared.has(LARGE)).isTrue();
            assertThat(prepared.has("blocks.1.attn.to_q.weight")).isTrue();
            assertThat(prepared.has("blocks.0.small.weight")).isFalse();
            assertThat(prepared.has("embedder.weight")).isFalse();
        }
    }

    @Test
    void rowsTimesTheirScaleAreTheWeightsWithinHalfAStep() {
        try (Int8Weights prepared = Int8Weights.open(weights, cache, _ -> true)) {
            Tensor scale = prepared.scale(LARGE).unsqueeze(1);
            Tensor restored = Tensors.to(prepared.numbers(LARGE), DType.F32).mul(scale);
            Tensor steps = restored.sub(matrix(1)).div(scale).abs();

            assertThat(steps.max().item_double()).isLessThanOrEqualTo(0.5001);
            assertThat(prepared.numbers(LARGE).abs().max().item_int()).isEqualTo(127);
        }
    }

    @Test
    void theSecondStartReadsWhatTheFirstWrote() throws IOException {
        Int8Weights.open(weights, cache, _ -> true).close();
        Path file = preparedFile();
        FileTime written = Files.getLastModifiedTime(file);
        Object key = Files.readAttributes(file, "unix:ino").get("ino");

        Int8Weights.open(weights, cache, _ -> true).close();

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        assertThat(Files.readAttributes(file, "unix:ino")).containsEntry("ino", key);
    }

    @Test
    void changedModelFilesArePreparedAnew() {
        Int8Weights.open(weights, cache, _ -> true).close();
        writeModel(2);

        try (Weights changed = Weights.open(folder, "model", Device.CPU);
                Int8Weights prepared = Int8Weights.open(changed, cache, _ -> true)) {
            double largest = prepared.scale(LARGE).max().item_double() * 127;
            assertThat(largest).isCloseTo(matrix(2).abs().max().item_double(), within(1e-6));
        }
    }

    @Test
    void aTruncatedFileIsMadeAnew() throws IOException {
        Int8Weights.open(weights, cache, _ -> true).close();
        byte[] whole = Files.readAllBytes(preparedFile());
        try (FileChannel channel = FileChannel.open(preparedFile(), StandardOpenOption.WRITE)) {
            channel.truncate(whole.length / 2);
        }

        Int8Weights.open(weights, cache, _ -> true).close();

        assertThat(preparedFile()).hasBinaryContent(whole);
    }

    @Test
    void aFileWithADamagedHeaderIsMadeAnew() throws IOException {
        Int8Weights.open(weights, cache, _ -> true).close();
        byte[] whole = Files.readAllBytes(preparedFile());
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 8, 40, (byte) 0);
        Files.write(preparedFile(), damaged);

        Int8Weights.open(weights, cache, _ -> true).close();

        assertThat(preparedFile()).hasBinaryContent(whole);
    }

    @Test
    void whatIsMissingIsMadeAndWhatIsMoreIsKept() throws IOException {
        Int8Weights.open(weights, cache, name -> name.startsWith("blocks.0.")).close();
        try (Int8Weights all = Int8Weights.open(weights, cache, _ -> true)) {
            assertThat(all.has("blocks.1.attn.to_q.weight")).isTrue();
        }
        byte[] whole = Files.readAllBytes(preparedFile());

        Int8Weights.open(weights, cache, name -> name.startsWith("blocks.0.")).close();

        assertThat(preparedFile()).hasBinaryContent(whole);
    }

    @Test
    void leftoversOfADeadWriterAreIgnoredAndRemoved() throws IOException {
        Int8Weights.open(weights, cache, _ -> true).close();
        byte[] whole = Files.readAllBytes(preparedFile());
        Path leftover = cache.resolve("." + preparedFile().getFileName() + ".dead.part");
        Files.move(preparedFile(), leftover);

        Int8Weights.open(weights, cache, _ -> true).close();

        assertThat(leftover).doesNotExist();
        assertThat(preparedFile()).hasBinaryContent(whole);
    }

    @Test
    void nothingNativeIsLeftBehind() {
        long before = Pointer.totalCount();

        Int8Weights.open(weights, cache, _ -> true).close();
        Int8Weights.open(weights, cache, _ -> true).close();

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    /** One number a row so large that the step for all others is a third of their usual size. */
    @Test
    void aMatrixThatLosesTooMuchStaysAsStored() {
        long in = 8192;
        Tensor spiked =
                Tensors.to(Tensors.range(64 * in).mul(new Scalar(1.7)).sin().view(64, in), DType.BF16);
        spiked.select(1, 7).fill_(new Scalar(64.0));
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                Map.of(LARGE, Tensors.to(matrix(1), DType.BF16), "blocks.1.mlp.weight", spiked),
                Map.of());
        Tensor x = Tensors.to(Tensors.range(4 * in).mul(new Scalar(2.3)).sin().view(4, in), DType.F32);
        for (int start = 0; start < 2; start++) {
            try (Weights changed = Weights.open(folder, "model", Device.CPU);
                    Int8Weights prepared = Int8Weights.open(changed, cache, _ -> true);
                    WideningBuffer buffer = new WideningBuffer()) {
                Linear linear = LinearFactory.int8(buffer, prepared).make(changed, "blocks.1.mlp", in, 64, false);

                assertThat(prepared.has(LARGE)).isTrue();
                assertThat(prepared.has("blocks.1.mlp.weight")).isFalse();
                assertThat(Tensors.relativeError(linear.forward(x), torch.linear(x, Tensors.to(spiked, DType.F32))))
                        .isLessThan(1e-6);
            }
        }
    }

    /** Neighbours of one sign add up to at most 128, so that 255 times both stays below 2 to the power of 15. */
    @Test
    void whereSumsOfPairsAreCutOffNoPairIsTooLarge() {
        Tensor weight = matrix(1).narrow(1, 0, 511);

        Int8Linear.Rounded rounded = Int8Linear.roundWeight(weight, true);

        Tensor pairs =
                Tensors.to(rounded.numbers(), DType.F32).narrow(1, 0, 510).reshape(512, 255, 2);
        assertThat(pairs.clamp_min(new Scalar(0.0)).sum(2L).max().item_double()).isBetween(126.0, 128.0);
        assertThat(pairs.clamp_max(new Scalar(0.0)).sum(2L).min().item_double()).isBetween(-128.0, -126.0);
        Tensor restored = Tensors.to(rounded.numbers(), DType.F32).mul(rounded.scale());
        assertThat(restored.sub(weight).div(rounded.scale()).abs().max().item_double())
                .isLessThanOrEqualTo(0.5001);
    }

    private Path preparedFile() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(f -> f.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void writeModel(double factor) {
        Tensor stored = Tensors.to(matrix(factor), DType.BF16);
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                Map.of(
                        LARGE,
                        stored,
                        "blocks.1.attn.to_q.weight",
                        stored,
                        "blocks.0.small.weight",
                        stored.narrow(0, 0, 16),
                        "embedder.weight",
                        stored),
                Map.of());
    }

    /** (512, 512), exact in bf16. */
    private static Tensor matrix(double factor) {
        Tensor ramp = Tensors.range(512L * 512)
                .remainder(new Scalar(251.0))
                .sub(new Scalar(125.0))
                .mul(new Scalar(factor / 64));
        return Tensors.to(ramp, DType.F32).view(512, 512);
    }
}
