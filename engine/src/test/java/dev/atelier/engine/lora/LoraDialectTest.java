package dev.atelier.engine.lora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.dit.Flux2Transformer;
import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.lora.LoraDialect.Factors;
import dev.atelier.engine.nn.AdaptedLayers;
import dev.atelier.engine.nn.DeclaringLayers;
import dev.atelier.engine.nn.Linear;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same adapter in every dialect changes every layer by the product of its factors, computed here from the factors themselves. */
class LoraDialectTest {
    private static final int DOUBLE = 11;
    private static final int SINGLE = 12;
    private static final double CLOSE = 1e-5;

    @TempDir
    private Path folder;

    /** In and out of every linear layer of a transformer with two-digit block numbers and a guidance embedding. */
    private static Map<String, long[]> model() {
        TransformerConfig config =
                new TransformerConfig(8, 8, DOUBLE, SINGLE, 8, 2, 12, 6, 1.5, List.of(2, 2, 2, 2), 2000, 1e-6, true);
        Map<String, long[]> out = new LinkedHashMap<>();
        new Flux2Transformer(config, new AdaptedLayers(new DeclaringLayers(), (base, name, from, to) -> {
            out.put(name, new long[] {from, to});
            return base;
        }));
        return out;
    }

    /** Factors of every layer under its name at Black Forest Labs; rank and alpha differ from layer to layer. */
    private static Map<String, Factors> adapter(long seed) {
        torch.manual_seed(seed);
        Map<String, long[]> model = model();
        Map<String, Factors> out = new LinkedHashMap<>();
        for (String layer : LoraDialect.layers(DOUBLE, SINGLE, true)) {
            Map<String, Integer> names = LoraDialect.diffusers(layer);
            long[] shape = model.get(names.keySet().iterator().next());
            int rank = 1 + out.size() % 5;
            out.put(
                    layer,
                    new Factors(
                            torch.randn(rank, shape[0]), torch.randn(shape[1] * names.size(), rank), 0.5 + out.size()));
        }
        return out;
    }

    private static Map<String, Tensor> deltas(Map<String, Factors> adapter) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        adapter.forEach((layer, factors) -> LoraDialect.diffusers(layer)
                .forEach((name, rows) -> out.put(name, LoraDialect.rows(factors.delta(), rows))));
        return out;
    }

    /** What {@code adapters} add to the weight of a layer. */
    private static Tensor delta(LoraAdapters adapters, String layer, long in, long out) {
        Linear zero = x -> Tensors.zeros(DType.F32, x.size(0), out);
        return adapters.around(zero, layer, in, out)
                .forward(torch.eye(in))
                .transpose(0, 1)
                .contiguous();
    }

    private static void assertChange(LoraAdapters adapters, Map<String, Tensor> expected) {
        model().forEach((layer, shape) -> {
            Tensor found = delta(adapters, layer, shape[0], shape[1]);
            Tensor wanted = expected.getOrDefault(layer, Tensors.zeros(DType.F32, shape[1], shape[0]))
                    .contiguous();
            double size = wanted.norm().item_double();
            double off = found.sub(wanted).norm().item_double();
            assertThat(off).as(layer).isLessThanOrEqualTo(CLOSE * size);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyLayerChangesByTheProductOfItsFactors(LoraDialect dialect) {
        Path file = folder.resolve("adapter.safetensors");
        Scopes.run(() -> {
            Map<String, Factors> adapter = adapter(3);
            dialect.write(file, adapter);
            Map<String, Tensor> expected = deltas(adapter);
            assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(model().keySet());
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(file, 1);
                assertChange(adapters, expected);
                adapters.requireAllUsed();
            }
        });
    }

    @Test
    void severalFilesInSeveralDialectsAddUpWithTheirScales() {
        Path first = folder.resolve("first.safetensors");
        Path second = folder.resolve("second.safetensors");
        Scopes.run(() -> {
            Map<String, Factors> one = adapter(4);
            Map<String, Factors> two = adapter(5);
            LoraDialect.KOHYA_MUSUBI.write(first, one);
            LoraDialect.DIFFUSERS.write(second, two);
            Map<String, Tensor> expected = new LinkedHashMap<>();
            Map<String, Tensor> other = deltas(two);
            deltas(one)
                    .forEach((layer, delta) -> expected.put(
                            layer,
                            delta.mul(new Scalar(0.7)).add(other.get(layer).mul(new Scalar(-1.5)))));
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(first, 0.7);
                adapters.add(second, -1.5);
                assertChange(adapters, expected);
            }
        });
    }

    @Test
    void separateFactorsOfOtherRanksAreTheFusedOnesOfTheSumOfTheRanks() {
        Path split = folder.resolve("split.safetensors");
        Path fused = folder.resolve("fused.safetensors");
        Scopes.run(() -> {
            torch.manual_seed(6);
            long dim = model().get("transformer_blocks.2.attn.to_q")[0];
            Map<String, Tensor> separate = new LinkedHashMap<>();
            Map<String, Tensor> expected = new LinkedHashMap<>();
            Tensor down = Tensors.zeros(DType.F32, 6, dim);
            Tensor up = Tensors.zeros(DType.F32, 3 * dim, 6);
            long at = 0;
            for (String part : List.of("to_q", "to_k", "to_v")) {
                long rank = 1 + expected.size();
                String layer = "transformer_blocks.2.attn." + part;
                Tensor a = torch.randn(rank, dim);
                Tensor b = torch.randn(dim, rank);
                separate.put("transformer." + layer + ".lora_A.weight", a);
                separate.put("transformer." + layer + ".lora_B.weight", b);
                down.narrow(0, at, rank).copy_(a);
                up.narrow(0, expected.size() * dim, dim).narrow(1, at, rank).copy_(b);
                at += rank;
                expected.put(layer, b.matmul(a));
            }
            SafetensorsWriter.write(split, separate, Map.of());
            LoraDialect.KOHYA_MUSUBI.write(fused, Map.of("double_blocks.2.img_attn.qkv", new Factors(down, up, 6)));
            for (Path file : List.of(split, fused)) {
                try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                    adapters.add(file, 1);
                    assertChange(adapters, expected);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"DIFFUSERS", "FAL", "KOHYA_MUSUBI", "SIMPLETUNER", "ONETRAINER"})
    void layersThatTheFileLeavesOutStayAsTheyAre(LoraDialect dialect) {
        Path file = folder.resolve("part.safetensors");
        Scopes.run(() -> {
            Map<String, Factors> part = adapter(7);
            part.keySet()
                    .removeIf(layer -> !layer.equals("double_blocks.10.txt_attn.qkv")
                            && !layer.equals("single_blocks.3.linear2")
                            && !layer.equals("final_layer.adaLN_modulation.1"));
            assertThat(part).hasSize(3);
            dialect.write(file, part);
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(file, 1);
                assertChange(adapters, deltas(part));
                Linear base = x -> x;
                assertThat(adapters.around(base, "x_embedder", 8, 16)).isSameAs(base);
            }
        });
    }

    @Test
    void onlyOneOfQueriesKeysAndValuesMayBeThere() {
        Path file = folder.resolve("values.safetensors");
        Scopes.run(() -> {
            torch.manual_seed(8);
            Tensor down = torch.randn(2, 16);
            Tensor up = torch.randn(16, 2);
            String layer = "transformer_blocks.1.attn.add_v_proj";
            SafetensorsWriter.write(
                    file, Map.of(layer + ".lora_down.weight", down, layer + ".lora_up.weight", up), Map.of());
            try (LoraAdapters adapters = new LoraAdapters(Device.CPU)) {
                adapters.add(file, 2);
                assertChange(adapters, Map.of(layer, up.matmul(down).mul(new Scalar(2.0))));
            }
        });
    }
}
