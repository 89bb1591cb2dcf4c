package dev.atelier.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.generation.WorkEstimate;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.SafetensorsWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkTest {
    @TempDir
    Path folder;

    @Test
    void everyPartOfASmallModelIsMeasured() {
        Path model = TinyModels.distilled(folder);
        List<String> heard = new ArrayList<>();

        BenchmarkReport report =
                Benchmark.run(new BenchmarkOptions(model, 64, 64, 2, 3, EngineOptions.defaults()), heard::add);

        assertThat(report.rounds()).hasSize(3).allSatisfy(round -> {
            assertThat(round.text()).isPositive();
            assertThat(round.step()).isPositive();
            assertThat(round.decode()).isPositive();
        });
        assertThat(heard).hasSize(4);
        assertThat(report.fp32Peak()).isPositive();
        assertThat(report.int8Peak()).isPositive();
        assertThat(report.lines())
                .anyMatch(line -> line.startsWith("text encoding"))
                .anyMatch(line -> line.startsWith("peak resident"));
    }

    @Test
    void theKernelsAccountIsReadWhateverTheProcessIsCalled() {
        String stat = "4242 (a) b (c 1 2) S 1 4242 4242 0 -1 4194560 123456 7 8 9 1500 250 11 12 20 0 31 0 99 1 2 3";

        KernelAccount account = KernelAccount.parse(stat);

        assertThat(account).isEqualTo(new KernelAccount(123456, 2.5));
        assertThat(account.since(new KernelAccount(123000, 1.5))).isEqualTo(new KernelAccount(456, 1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void touchedMemoryIsCountedAsFaults() {
        KernelAccount before = KernelAccount.now().orElseThrow();
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(64 << 20, 4096).fill((byte) 1);
        }

        // Pages have 4 KiB, or 2 MiB where the system takes huge ones.
        assertThat(KernelAccount.now().orElseThrow().since(before).minorFaults())
                .isGreaterThanOrEqualTo(32);
    }

    @Test
    void aSizeThatIsNotMadeIsRefusedBeforeTheModelIsLoaded() {
        List<String> heard = new ArrayList<>();

        assertThatThrownBy(() -> Benchmark.run(
                        new BenchmarkOptions(TinyModels.distilled(folder), 4, 64, 2, 1, EngineOptions.defaults()),
                        heard::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size: 4x64 has a side below 8, the smallest this model makes");
        assertThat(heard).isEmpty();
    }

    @Test
    void fullPrecisionsAgreeInTheirLatents() {
        Path model = TinyModels.base(folder);
        EngineOptions fp32 = EngineOptions.defaults().withPrecision(Precision.FP32);

        double cosine = Benchmark.latentCosine(new BenchmarkOptions(model, 64, 64, 2, 1, fp32));

        assertThat(cosine).isCloseTo(1, within(1e-6));
    }

    @Test
    void theWorkOfKlein4bIsThatOfItsParameters() {
        Path shapes = resource("klein-4b");
        TransformerConfig transformer =
                TransformerConfig.parse(JsonConfig.read(shapes.resolve("transformer/config.json")));
        Qwen3Config text = Qwen3Config.parse(JsonConfig.read(shapes.resolve("text_encoder/config.json")));

        // 25 blocks of 13 · 3072² weights on 768 tokens, their attention, the two embedders and the projection.
        double blocks = 25 * (2.0 * 768 * 13 * 3072 * 3072 + 4.0 * 3072 * 768 * 768);
        double edges = 2.0 * 3072 * (512 * 7680 + 256 * 2 * 128);
        assertThat(WorkEstimate.step(transformer, 512, 256, 0)).isCloseTo(blocks + edges, within(1.0));
        // 27 layers of 100.9 million weights on 512 tokens that see 20.
        double layer = 2.0 * 512 * 2560 * (2 * 4096 + 2 * 1024 + 3 * 9728) + 4.0 * 4096 * 512 * 20;
        assertThat(WorkEstimate.text(text, 512, 20, 27)).isCloseTo(27 * layer, within(1.0));
    }

    @Test
    void klein4bHasTheParametersOfThePublishedModels() {
        Path shapes = resource("klein-4b");

        assertThat(parameters(RandomModel.text(shapes))).isEqualTo(4_022_468_096L);
        assertThat(parameters(RandomModel.transformer(shapes))).isEqualTo(3_875_544_576L);
        assertThat(RandomModel.transformer(shapes))
                .extracting(SafetensorsWriter.Declared::name)
                .contains(
                        "transformer_blocks.4.attn.add_q_proj.weight",
                        "single_transformer_blocks.19.attn.to_out.weight")
                .doesNotHaveDuplicates();
        assertThat(RandomModel.vae(shapes))
                .extracting(SafetensorsWriter.Declared::name)
                .contains("decoder.up_blocks.3.resnets.2.conv2.weight", "bn.running_var");
    }

    @Test
    void everyShotOfASequenceIsMeasuredBothWays() {
        BenchmarkOptions options =
                new BenchmarkOptions(TinyModels.distilled(folder), 64, 64, 2, 1, EngineOptions.defaults());
        List<String> told = new ArrayList<>();

        List<SequenceBenchmark.Row> rows = SequenceBenchmark.run(options, 3, told::add);

        assertThat(rows).extracting(SequenceBenchmark.Row::shot).containsExactly(1, 2, 3);
        assertThat(rows).allMatch(row -> row.cached() > 0 && row.uncached() > 0);
        assertThat(told).hasSize(3);
        assertThatThrownBy(() -> SequenceBenchmark.run(options, 16, told::add))
                .hasMessage("sequence: 16 shots; 1 to 15 are allowed");
    }

    @Test
    void anUnknownShapeIsNamed() {
        assertThatThrownBy(() -> Benchmark.shape("klein-5b", folder, _ -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessage("shape: 'klein-5b' is none of klein-4b");
    }

    @Test
    void stepsOutOfBoundsAreNamed() {
        assertThatThrownBy(() -> new BenchmarkOptions(folder, 64, 64, 0, 1, EngineOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("steps: 0 is not in 1 to 200");
    }

    private static long parameters(List<SafetensorsWriter.Declared> tensors) {
        return tensors.stream().mapToLong(RandomModel::numbers).sum();
    }

    private static Path resource(String shape) {
        return Path.of("src/main/resources/dev/atelier/engine/shapes", shape);
    }
}
