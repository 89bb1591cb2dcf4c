package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.AtelierHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers and Java agree on folders; what a user sets goes before what the launchers would choose. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path USER_HOME = Path.of(System.getProperty("user.home"));
    private static final List<Map<String, String>> ENVIRONMENTS = List.of(
            Map.of("ATELIER_HOME", "/elsewhere/models", "HOME", "/home/somebody"),
            Map.of("ATELIER_HOME", "", "HOME", "/home/some body"),
            Map.of("HOME", "/home/somebody"),
            Map.of("HOME", ""),
            Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"../atelier", "../deploy/atelier"})
    void everyLauncherFollowsJavasRule(String launcher) throws Exception {
        String rule = Files.readAllLines(Path.of(launcher)).stream()
                .filter(line -> line.startsWith(": \"${") || line.startsWith("export HOME"))
                .collect(Collectors.joining("\n", "set -eu\n", "\nprintf %s \"$ATELIER_HOME\""));

        for (Map<String, String> environment : ENVIRONMENTS) {
            assertThat(Path.of(output(rule, environment)))
                    .as("%s in %s", launcher, environment)
                    .isEqualTo(AtelierHome.of(environment, USER_HOME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../atelier", "../deploy/atelier"})
    void aHeapOfTheUsersOwnGoesBeforeTheServices(String launcher) throws Exception {
        String rule = Files.readAllLines(Path.of(launcher)).stream()
                .filter(line -> line.startsWith("serving='") || line.startsWith("case \" ${ATELIER_JAVA_OPTS"))
                .collect(Collectors.joining("\n", "set -eu\n", "\nprintf %s \"$serving\""));

        String ours = "-Xms1g -XX:G1HeapRegionSize=4m";
        assertThat(output(rule, Map.of())).isEqualTo(ours);
        assertThat(output(rule, Map.of("ATELIER_JAVA_OPTS", "-Dx=-Xmx1 -XX:+UseZGC")))
                .isEqualTo(ours);
        for (String own : List.of("-Xmx512m", "-Dx=1 -Xms64m", "-Xss1m -Xmx512m -Xms64m")) {
            assertThat(output(rule, Map.of("ATELIER_JAVA_OPTS", own))).isEqualTo("-XX:G1HeapRegionSize=4m");
        }
    }

    private static String output(String script, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PATH", System.getenv("PATH"));
        shell.environment().clear();
        shell.environment().putAll(variables);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
