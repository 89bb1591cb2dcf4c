package dev.atelier.engine.dit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.nn.LinearFactory;
import dev.atelier.engine.nn.LoadedLayers;
import dev.atelier.engine.nn.WideningBuffer;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceCacheTest {
    private static final Path FOLDERS = Path.of("src/test/resources/parity");

    private Weights weights;
    private WideningBuffer buffer;
    private Flux2Transformer transformer;

    private void open(String model) {
        Path folder = FOLDERS.resolve(model).resolve("transformer");
        GradMode.set_enabled(false);
        weights = Weights.open(folder, "diffusion_pytorch_model", Device.CPU);
        buffer = new WideningBuffer();
        transformer = new Flux2Transformer(
                TransformerConfig.parse(JsonConfig.read(folder.resolve("config.json"))),
                new LoadedLayers(weights, LinearFactory.full(buffer)));
    }

    @AfterEach
    void close() {
        buffer.close();
        weights.close();
        GradMode.set_enabled(true);
    }

    /**
     * Keys and values are parts of wider products: kept as such they would hold several times their own memory. The base model's weights are
     * in 16 bits, and its layers of one input computed as one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"klein-small", "base-small"})
    void holdsNoMoreMemoryThanItsKeysAndValues(String model) {
        withTwoReferences(model, (first, both) -> {
            for (ReferenceCache cache : List.of(first, both)) {
                for (KeyValue layer : cache.layers()) {
                    assertThat(layer.key().storage().nbytes())
                            .isEqualTo(layer.key().nbytes());
                    assertThat(layer.value().storage().nbytes())
                            .isEqualTo(layer.value().nbytes());
                }
            }
            assertThat(both.bytes()).isEqualTo(2 * first.bytes());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"klein-small", "base-small"})
    void aReferenceAddedLaterLeavesTheEarlierOnesAsTheyWere(String model) {
        withTwoReferences(model, (first, both) -> {
            for (int i = 0; i < first.layers().size(); i++) {
                KeyValue before = first.layers().get(i);
                KeyValue after = both.layers().get(i);
                assertThat(Tensors.relativeError(after.key().narrow(2, 0, first.tokens()), before.key()))
                        .isZero();
                assertThat(Tensors.relativeError(after.value().narrow(2, 0, first.tokens()), before.value()))
                        .isZero();
            }
        });
    }

    /** @param check of the cache of one reference, and of that with another added */
    private void withTwoReferences(String model, BiConsumer<ReferenceCache, ReferenceCache> check) {
        open(model);
        Scopes.run(() -> {
            ReferenceCache first = extract(0, ReferenceCache.EMPTY);
            check.accept(first, extract(1, first));
        });
    }

    private ReferenceCache extract(int number, ReferenceCache earlier) {
        torch.manual_seed(number);
        Tensor tokens = torch.randn(
                new long[] {1, 16, transformer.config().inChannels()}, Tensors.options(DType.F32, Device.CPU));
        Tensor guidance = transformer.config().guidanceEmbeds() ? Tensors.full(1, DType.F32, 1) : null;
        Tensor rotaryEmbedding = transformer.rotaryEmbedding(Positions.reference(number, 4, 4), Device.CPU);
        return transformer.extract(tokens, guidance, rotaryEmbedding, earlier);
    }
}
