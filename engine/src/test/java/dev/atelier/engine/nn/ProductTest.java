package dev.atelier.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every product of every shape is right, on this processor and on older ones. */
class ProductTest {
    private static final long SEED = 20261128;

    @TempDir
    Path folder;

    @Test
    void everyPathGivesTheProductInFloat64() {
        assertThat(ProductTrials.failures(folder, SEED, 250)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AVX2, avx2", "AVX512_CORE, avx512"})
    void everyPathGivesTheProductOnOlderProcessors(String oneDnn, String libtorch)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1"));
        System.getProperties().forEach((key, value) -> {
            if (key.toString().startsWith("org.bytedeco.")) {
                command.add("-D" + key + "=" + value);
            }
        });
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, ProductTrials.class.getName(), Long.toString(SEED + 1), "80"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ONEDNN_MAX_CPU_ISA", oneDnn);
        builder.environment().put("ATEN_CPU_CAPABILITY", libtorch);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
