package dev.atelier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.BlockFormat;
import dev.atelier.engine.weights.FormatFiles;
import dev.atelier.engine.weights.GgufBytes;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers whose weight stays in its file as blocks and becomes fp32 whenever it is used. */
class EncodedLinearTest {
    private static final int IN = 512;
    private static final int OUT = 600;

    @TempDir
    private Path folder;

    private PointerScope scope;
    private Weights weights;
    private Tensor weight; // decoded

    @BeforeEach
    void write() {
        GradMode.set_enabled(false);
        scope = new PointerScope();
        SplittableRandom random = new SplittableRandom(3);
        double[] numbers = random.doubles((long) IN * OUT, -0.05, 0.05).toArray();
        FormatFiles.gguf(
                folder.resolve("q.gguf"),
                new GgufBytes(1, 0),
                Map.of("blk.0.attn_q.weight", new FormatFiles.Numbers(new long[] {OUT, IN}, numbers)),
                BlockFormat.Q8_0,
                "");
        weights = Weights.open(folder, "model", Device.CPU);
        weight = weights.view("model.layers.0.self_attn.q_proj.weight");
    }

    @AfterEach
    void close() {
        weights.close();
        scope.close();
        GradMode.set_enabled(true);
    }

    private static Tensor input(int tokens) {
        float[] numbers = new float[tokens * IN];
        SplittableRandom random = new SplittableRandom(tokens);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Tensors.of(numbers, tokens, IN);
    }

    /** Whole, in many pieces of rows, and in small pieces for few tokens. */
    @ParameterizedTest
    @CsvSource({"40, 1000000", "40, 5120", "40, 700", "3, 5120", "1, 100"})
    void productsEqualThoseOfTheDecodedMatrix(int tokens, long piece) {
        try (WideningBuffer buffer = new WideningBuffer()) {
            Linear layer = LinearFactory.widening(buffer, piece, piece)
                    .make(weights.at("model.layers.0.self_attn"), "q_proj", IN, OUT, false);
            Tensor x = input(tokens);
            assertThat(Tensors.relativeError(layer.forward(x), torch.linear(x, weight)))
                    .isLessThan(1e-6);
            long before = Pointer.totalCount();
            Tensor again = layer.forward(x);
            again.close();
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before + 1);
        }
    }

    @Test
    void gradientsGoThroughIt() {
        try (WideningBuffer buffer = new WideningBuffer();
                var _ = new AutoGradMode(true)) {
            Linear layer = LinearFactory.widening(buffer, 5120, 5120)
                    .make(weights.at("model.layers.0.self_attn"), "q_proj", IN, OUT, false);
            Tensor x = input(3).requires_grad_(true);
            Tensor first = layer.forward(x);
            layer.forward(x);
            first.sum().backward();
            assertThat(Tensors.relativeError(
                            new Tensor(x.grad()), weight.sum(0L).expand(3, IN)))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void eightBitWeightsAreMadeOfIt() {
        try (WideningBuffer buffer = new WideningBuffer();
                Int8Weights prepared = Int8Weights.open(weights, folder.resolve("int8"), _ -> true)) {
            assertThat(prepared.has("model.layers.0.self_attn.q_proj.weight")).isTrue();
            Linear layer = LinearFactory.int8(buffer, prepared)
                    .make(weights.at("model.layers.0.self_attn"), "q_proj", IN, OUT, false);
            Tensor x = input(20);
            assertThat(Tensors.relativeError(layer.forward(x), torch.linear(x, weight)))
                    .isBetween(1e-4, 0.03);
        }
    }

    @Test
    void rowsOfATableAreDecodedWhenTheyAreLookedUp() {
        Embedding table = new LoadedLayers(weights, LinearFactory.full(new WideningBuffer()))
                .at("model.layers.0.self_attn")
                .embedding("q_proj", OUT, IN);
        Tensor ids = Tensors.of(new long[] {599, 0, 7, 7}, 2, 2);
        Tensor rows = table.forward(ids);
        assertThat(rows.shape()).containsExactly(2, 2, IN);
        assertThat(DType.of(rows)).isEqualTo(DType.F32);
        assertThat(Tensors.relativeError(rows, torch.embedding(weight, ids))).isZero();
    }
}
