package dev.atelier.engine.bench;

import dev.atelier.engine.pipeline.ModelInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What {@link Benchmark#run} measured. Operations count a multiply-add as two.
 *
 * @param loadSeconds from the call to a pipeline that takes requests
 * @param rounds in order
 * @param peakResidentMegabytes the most memory the process had at once, mapped weights included; -1 where the system does not tell
 * @param textOperations of one prompt, by formula
 * @param stepOperations of one step, by formula
 * @param fp32Peak 10⁹ operations per second of a large fp32 product on this machine, now
 * @param int8Peak the same of 8-bit integers; 0 on a GPU
 */
public record BenchmarkReport(
        ModelInfo model,
        double loadSeconds,
        List<Round> rounds,
        long peakResidentMegabytes,
        double textOperations,
        double stepOperations,
        double fp32Peak,
        double int8Peak) {
    /**
     * Seconds of one picture.
     *
     * @param step mean of its steps
     * @param residentMegabytes memory of the process after it, mapped weights included; -1 where the system does not tell
     * @param kernel what it took of the kernel; null where the system does not tell
     */
    public record Round(double text, double step, double decode, long residentMegabytes, KernelAccount kernel) {
        double total() {
            return text + step + decode;
        }
    }

    public BenchmarkReport {
        rounds = List.copyOf(rounds);
    }

    public Round best() {
        return rounds.stream().min(Comparator.comparingDouble(Round::total)).orElseThrow();
    }

    /** 10⁹ operations per second reached by the best round's text encoding. */
    public double textRate() {
        return textOperations / best().text() / 1e9;
    }

    /** 10⁹ operations per second reached by the best round's steps. */
    public double stepRate() {
        return stepOperations / best().step() / 1e9;
    }

    /** The report as a table of lines. */
    public List<String> lines() {
        Round best = best();
        Round first = rounds.getFirst();
        List<String> lines = new ArrayList<>(List.of(
                line("model", "%s, %s on %s", model.name(), model.precision(), model.device()),
                line("load", "%.2f s", loadSeconds),
                line("text encoding", "%.2f s (first %.2f s), %.0f GFLOP/s", best.text(), first.text(), textRate()),
                line("step", "%.2f s (first %.2f s), %.0f GFLOP/s", best.step(), first.step(), stepRate()),
                line("decode", "%.2f s (first %.2f s)", best.decode(), first.decode()),
                line("peak resident", "%d MB", peakResidentMegabytes),
                line("work", "text %.0f GFLOP, step %.0f GFLOP", textOperations / 1e9, stepOperations / 1e9),
                line("matrix peak", "fp32 %.0f GFLOP/s, int8 %.0f Gop/s", fp32Peak, int8Peak)));
        if (best.kernel() != null) {
            lines.add(line("kernel", "%s (first %s)", best.kernel(), first.kernel()));
        }
        return List.copyOf(lines);
    }

    private static String line(String name, String format, Object... values) {
        return String.format(Locale.ROOT, "%-14s ", name) + String.format(Locale.ROOT, format, values);
    }
}
