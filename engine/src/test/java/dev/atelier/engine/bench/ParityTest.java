package dev.atelier.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine computes against what diffusers computed in float32, see {@code src/test/resources/parity/README.md}. */
class ParityTest {
    private static final Path PARITY = Path.of("src/test/resources/parity");

    @ParameterizedTest
    @CsvSource({"klein-small, STORED, 44", "klein-small, FP32, 44", "base-small, STORED, 17", "base-small, FP32, 17"})
    void everyStageEqualsTheReference(String folder, Precision precision, int comparisonsAtLeast) {
        List<ParityCheck.Result> results =
                ParityCheck.run(PARITY.resolve(folder), EngineOptions.defaults().withPrecision(precision));

        assertThat(results).hasSizeGreaterThanOrEqualTo(comparisonsAtLeast).allMatch(ParityCheck.Result::passed);
    }
}
