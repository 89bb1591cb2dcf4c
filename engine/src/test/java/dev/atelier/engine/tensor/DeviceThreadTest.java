package dev.atelier.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DeviceThreadTest {
    /** Operators on fewer elements than this run on one thread. */
    private static final int PARALLEL_ELEMENTS = 1 << 20;

    @Test
    @EnabledOnOs(OS.LINUX)
    void givesWayTogetherWithTheWorkersThatItStarts() throws IOException {
        int usual = niceOf(Path.of("/proc/thread-self"));
        Map<Path, Integer> before = niceValues();
        DeviceThread.setThreads(2);
        try (DeviceThread thread = new DeviceThread("test-nice", 5)) {
            thread.call(() -> torch.ones(PARALLEL_ELEMENTS).exp());

            Map<Path, Integer> started = niceValues();
            started.keySet().removeAll(before.keySet());
            assertThat(started.values()).filteredOn(nice -> nice == usual + 5).hasSizeGreaterThanOrEqualTo(2);
            assertThat(niceOf(Path.of("/proc/thread-self"))).isEqualTo(usual);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void runsAsOthersDoUnlessItIsAskedToGiveWay() {
        int usual = niceOf(Path.of("/proc/thread-self"));
        try (DeviceThread thread = new DeviceThread("test-usual")) {
            assertThat(thread.call(() -> niceOf(Path.of("/proc/thread-self")))).isEqualTo(usual);
        }
    }

    private static Map<Path, Integer> niceValues() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.collect(Collectors.toMap(thread -> thread, DeviceThreadTest::niceOf));
        }
    }

    /** Field 19 of proc_pid_stat(5); the name in parentheses before may hold spaces. */
    private static int niceOf(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            List<String> afterName =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            return Integer.parseInt(afterName.get(16));
        } catch (IOException e) {
            return Integer.MIN_VALUE;
        }
    }
}
