package dev.atelier.engine.bench;

import dev.atelier.engine.tensor.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the kernel has done for this process so far, all threads together. On Linux only, from {@code /proc/self/stat} (proc_pid_stat(5),
 * fields 10 and 15).
 *
 * @param minorFaults page faults that read no disk
 * @param systemSeconds processor time in the kernel
 */
public record KernelAccount(long minorFaults, double systemSeconds) {
    private static final Path STAT = Path.of("/proc/self/stat");

    /** Linux tells processes their times in hundredths of a second, whatever its own clock is. */
    private static final double TICKS = 100;

    /** Empty where the system keeps no such account. */
    static Optional<KernelAccount> now() {
        if (!Files.isReadable(STAT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readString(STAT)));
        } catch (IOException e) {
            throw new EngineException(STAT + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** @param stat one line; the name in parentheses may hold anything, so fields are counted from the last one of them */
    static KernelAccount parse(String stat) {
        String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new KernelAccount(Long.parseLong(fromThird[10 - 3]), Long.parseLong(fromThird[15 - 3]) / TICKS);
    }

    KernelAccount since(KernelAccount earlier) {
        return new KernelAccount(minorFaults - earlier.minorFaults, systemSeconds - earlier.systemSeconds);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d minor page faults, system time %.2f s", minorFaults, systemSeconds);
    }
}
