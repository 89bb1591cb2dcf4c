package dev.atelier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearFactoryTest {
    private static final long IN = 520;
    private static final long OUT = 4100;

    @TempDir
    Path folder;

    private PointerScope scope;
    private Weights weights;
    private Tensor weight; // as stored, widened
    private Tensor bias;

    @BeforeEach
    void writeLayer() {
        GradMode.set_enabled(false);
        scope = new PointerScope();
        Tensor stored = Tensors.to(numbers(OUT, IN, 0.02), DType.BF16);
        weight = Tensors.to(stored, DType.F32);
        bias = numbers(1, OUT, 0.5).flatten();
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"), Map.of("a.0.b.weight", stored, "a.0.b.bias", bias), Map.of());
        weights = Weights.open(folder, "model", Device.CPU);
    }

    @AfterEach
    void close() {
        weights.close();
        scope.close();
        GradMode.set_enabled(true);
    }

    /** The buffer that weights are widened to is written again by every layer before the backward pass begins. */
    @Test
    void gradientsGoThroughLayersThatShareABuffer() {
        try (WideningBuffer buffer = new WideningBuffer();
                var _ = new AutoGradMode(true)) {
            Linear layer = LinearFactory.widening(buffer, LinearFactory.WIDE_NUMBERS, LinearFactory.FEW_TOKENS_NUMBERS)
                    .make(weights, "a.0.b", IN, OUT, true);
            Tensor x = numbers(3, IN, 1).requires_grad_(true);

            Tensor first = layer.forward(x);
            layer.forward(x);
            first.sum().backward();

            Tensor expected = weight.sum(0L).expand(3, IN);
            assertThat(Tensors.relativeError(new Tensor(x.grad()), expected)).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "16, true", "17, true", "600, true", "3, false"})
    void weightsInSixteenBitsGiveTheProductOfTheirWidenedForm(long tokens, boolean widening) {
        Tensor x = numbers(tokens, IN, 1);
        try (WideningBuffer buffer = new WideningBuffer()) {
            LinearFactory factory = widening
                    ? LinearFactory.widening(buffer, LinearFactory.WIDE_NUMBERS, LinearFactory.FEW_TOKENS_NUMBERS)
                    : new LinearFactory(Precision.STORED, buffer);
            LoadedLayers layers = new LoadedLayers(weights, factory);

            Tensor plain = layers.linear("a.0.b", IN, OUT).forward(x.unsqueeze(0));
            Tensor biased = layers.biasedLinear("a.0.b", IN, OUT).forward(x);

            assertThat(plain.shape()).containsExactly(1, tokens, OUT);
            assertThat(Tensors.relativeError(plain.squeeze(0), torch.linear(x, weight)))
                    .isLessThan(1e-6);
            assertThat(Tensors.relativeError(biased, torch.linear(x, weight, new TensorOptional(bias))))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void layersOfOneInputEqualEachAlone() {
        Tensor other = Tensors.to(numbers(OUT, IN, 0.03), DType.BF16);
        SafetensorsWriter.write(
                folder.resolve("two.safetensors"),
                Map.of("b.weight", Tensors.to(weight, DType.BF16), "c.weight", other),
                Map.of());
        Tensor x = numbers(7, IN, 1).unsqueeze(0);
        try (WideningBuffer buffer = new WideningBuffer();
                Weights two = Weights.open(folder, "two", Device.CPU)) {
            List<Tensor> outputs = new LoadedLayers(two, new LinearFactory(Precision.STORED, buffer))
                    .linears(List.of("b", "c"), IN, OUT)
                    .forward(x);

            assertThat(outputs).hasSize(2);
            assertThat(Tensors.relativeError(outputs.get(0), torch.linear(x, weight)))
                    .isLessThan(1e-6);
            assertThat(Tensors.relativeError(outputs.get(1), torch.linear(x, Tensors.to(other, DType.F32))))
                    .isLessThan(1e-6);
        }
    }

    /** Packed weights have no gradient; the layer must still have one for its input, as training an adapter around it needs. */
    @Test
    void gradientsGoThroughASmallComponentsLayers() {
        try (WideningBuffer buffer = new WideningBuffer();
                var _ = new AutoGradMode(true)) {
            Linear layer = new LinearFactory(Precision.STORED, buffer).make(weights, "a.0.b", IN, OUT, false);
            Tensor x = numbers(3, IN, 1).requires_grad_(true);

            layer.forward(x).sum().backward();

            assertThat(Tensors.relativeError(
                            new Tensor(x.grad()), weight.sum(0L).expand(3, IN)))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "40", "1500"})
    void eightBitsStayWithinTwoPercentOfTheFullProduct(long tokens) {
        Tensor x = numbers(tokens, IN, 3);
        try (WideningBuffer buffer = new WideningBuffer();
                Int8Weights prepared = Int8Weights.open(weights, folder.resolve("cache"), _ -> true)) {
            LoadedLayers layers = new LoadedLayers(weights, LinearFactory.int8(buffer, prepared));

            Tensor product = layers.biasedLinear("a.0.b", IN, OUT).forward(x.unsqueeze(0));

            assertThat(product.shape()).containsExactly(1, tokens, OUT);
            double error = Tensors.relativeError(product.squeeze(0), torch.linear(x, weight, new TensorOptional(bias)));
            assertThat(error).isGreaterThan(1e-4).isLessThan(0.02);
        }
    }

    @Test
    void aLargeTokenDoesNotCostTheOthersTheirAccuracy() {
        Tensor x = numbers(8, IN, 1);
        x.select(0, 0).mul_(new org.bytedeco.pytorch.Scalar(1000.0));
        try (WideningBuffer buffer = new WideningBuffer();
                Int8Weights prepared = Int8Weights.open(weights, folder.resolve("cache"), _ -> true)) {
            Linear linear = new LoadedLayers(weights, LinearFactory.int8(buffer, prepared)).linear("a.0.b", IN, OUT);

            Tensor others = linear.forward(x).narrow(0, 1, 7);

            assertThat(Tensors.relativeError(others, torch.linear(x, weight).narrow(0, 1, 7)))
                    .isLessThan(0.02);
        }
    }

    @Test
    void eightBitsWithoutPreparedWeightsAreRefused() {
        try (WideningBuffer buffer = new WideningBuffer()) {
            LoadedLayers layers = new LoadedLayers(weights, new LinearFactory(Precision.INT8, buffer));

            assertThatThrownBy(() -> layers.linear("a.0.b", IN, OUT))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("int8 layers are made from prepared weights");
        }
    }

    @Test
    void tokensOfZerosGiveZeros() {
        try (WideningBuffer buffer = new WideningBuffer();
                Int8Weights prepared = Int8Weights.open(weights, folder.resolve("cache"), _ -> true)) {
            Linear linear = new LoadedLayers(weights, LinearFactory.int8(buffer, prepared)).linear("a.0.b", IN, OUT);

            float[] out = Tensors.toFloats(linear.forward(Tensors.zeros(DType.F32, 2, IN)));

            assertThat(out).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @CsvSource({"STORED", "FP32", "INT8"})
    void nothingNativeIsLeftBehind(Precision precision) {
        Tensor x = numbers(20, IN, 1);
        try (WideningBuffer buffer = new WideningBuffer();
                Int8Weights prepared = precision == Precision.INT8
                        ? Int8Weights.open(weights, folder.resolve("cache"), _ -> true)
                        : Int8Weights.NONE) {
            LinearFactory factory = precision == Precision.INT8
                    ? LinearFactory.int8(buffer, prepared)
                    : new LinearFactory(precision, buffer);
            Linear linear = new LoadedLayers(weights, factory).biasedLinear("a.0.b", IN, OUT);
            Scopes.run(() -> linear.forward(x));
            long before = Pointer.totalCount();

            for (int i = 0; i < 10; i++) {
                Scopes.run(() -> linear.forward(x));
            }

            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    /** Fixed numbers, about normally distributed, of that deviation. */
    private static Tensor numbers(long rows, long columns, double deviation) {
        java.util.Random random = new java.util.Random(rows * 31 + columns);
        float[] values = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return Tensors.of(values, rows, columns);
    }
}
