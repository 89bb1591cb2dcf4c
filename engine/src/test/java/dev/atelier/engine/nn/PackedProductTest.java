package dev.atelier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedProductTest {
    private static final long IN = 64;
    private static final long OUT = 40;

    @TempDir
    Path folder;

    private PointerScope scope;
    private Weights weights;

    @BeforeEach
    void open() {
        GradMode.set_enabled(false);
        scope = new PointerScope();
        SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of("a", numbers(1, 1)), Map.of());
        weights = Weights.open(folder, "model", Device.CPU);
    }

    @AfterEach
    void close() {
        weights.close();
        scope.close();
        GradMode.set_enabled(true);
    }

    @Test
    void theLastBlockOfOutputsIsFilledUp() {
        Tensor[] packed = new Tensor[1];

        PackedProduct.of(weights, "a", numbers(OUT, IN), null, weight -> {
            packed[0] = Scopes.own(weight.mul(new Scalar(1.0)));
            return OneDnn.packed(weight);
        });

        assertThat(packed[0].shape()).containsExactly(64, IN);
        assertThat(packed[0].narrow(0, OUT, 64 - OUT).abs().max().item_double()).isZero();
        packed[0].close();
    }

    /** As it was seen: the outputs of the last, partly filled block came from elsewhere. */
    @Test
    void aPackedFormThatMultipliesWronglyIsNotUsed() {
        assertPlainProduct(weight -> OneDnn.packed(weight.roll(new long[] {8}, new long[] {0})));
    }

    @Test
    void aPackedFormThatGivesNoNumbersIsNotUsed() {
        assertPlainProduct(weight -> OneDnn.packed(weight.div(new Scalar(0.0))));
    }

    private void assertPlainProduct(UnaryOperator<Tensor> packing) {
        Tensor weight = numbers(OUT, IN);
        Tensor bias = numbers(1, OUT).flatten();
        Tensor x = numbers(7, IN);

        Linear linear = PackedProduct.of(weights, "a", weight, bias, packing);

        assertThat(linear).isNotInstanceOf(PackedProduct.class);
        assertThat(Tensors.relativeError(linear.forward(x), torch.linear(x, weight, new TensorOptional(bias))))
                .isLessThan(1e-6);
    }

    @Test
    void nothingNativeIsLeftBehind() {
        long before = Pointer.totalCount();

        for (int i = 0; i < 3; i++) {
            try (Weights own = Weights.open(folder, "model", Device.CPU)) {
                Scopes.run(() -> {
                    PackedProduct.of(own, "a", numbers(OUT, IN), numbers(1, OUT).flatten())
                            .forward(numbers(3, IN));
                    PackedProduct.of(own, "a", numbers(OUT, IN), null, weight -> OneDnn.packed(weight.neg()))
                            .forward(numbers(3, IN));
                });
            }
        }

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static Tensor numbers(long rows, long columns) {
        return Tensors.to(
                Tensors.range(rows * columns).mul(new Scalar(1.7)).sin().view(rows, columns), DType.F32);
    }
}
