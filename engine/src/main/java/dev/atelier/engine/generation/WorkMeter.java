package dev.atelier.engine.generation;

import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much of a request is done and how long the rest will take: every piece of work that is expected counts with the time that its kind
 * takes here. All that is expected is named before the first piece is done.
 */
final class WorkMeter {
    private final WorkSpeeds speeds;
    private final LongSupplier nanos;
    private final Map<Work, Deque<Pieces>> expected = new EnumMap<>(Work.class);
    private final Map<Work, Double> left = new EnumMap<>(Work.class);
    private final Map<Work, Double> all = new EnumMap<>(Work.class);
    private long mark;
    private double reported;

    /** @param operations of each piece */
    private record Pieces(int count, double operations) {}

    /** @param nanos a clock that never goes back */
    WorkMeter(WorkSpeeds speeds, LongSupplier nanos) {
        this.speeds = speeds;
        this.nanos = nanos;
        mark = nanos.getAsLong();
    }

    /** There will be {@code count} more pieces of this kind. */
    void expect(Work kind, int count, double operations) {
        if (count > 0) {
            expected.computeIfAbsent(kind, _ -> new ArrayDeque<>()).add(new Pieces(count, operations));
            left.merge(kind, count * operations, Double::sum);
            all.merge(kind, count * operations, Double::sum);
        }
    }

    /** The next piece of this kind is done; the time since the previous event is attributed to it. Pieces that were not expected are ignored. */
    WorkProgress done(Work kind) {
        long now = nanos.getAsLong();
        Deque<Pieces> pieces = expected.getOrDefault(kind, new ArrayDeque<>());
        if (!pieces.isEmpty()) {
            Pieces next = pieces.poll();
            speeds.learn(kind, next.operations(), (now - mark) / 1e9);
            left.merge(kind, -next.operations(), Double::sum);
            if (next.count() > 1) {
                pieces.addFirst(new Pieces(next.count() - 1, next.operations()));
            }
        }
        mark = now;
        return progress();
    }

    /** The request is finished, whatever was expected. */
    WorkProgress finish() {
        reported = 1;
        return new WorkProgress(1, 0);
    }

    private WorkProgress progress() {
        double toDo = seconds(left);
        double whole = seconds(all);
        // A newly measured speed changes the estimate; the reported fraction never falls, and reaches 1 only at the
        // end.
        reported = Math.max(reported, whole > 0 ? Math.min(0.999, 1 - toDo / whole) : 0);
        boolean known = left.getOrDefault(Work.STEP, 0.0) <= 0 || speeds.knows(Work.STEP);
        return new WorkProgress(reported, known ? Math.max(0, toDo) : WorkProgress.UNKNOWN);
    }

    private double seconds(Map<Work, Double> operations) {
        return operations.entrySet().stream()
                .mapToDouble(e -> e.getValue() * speeds.of(e.getKey()))
                .sum();
    }
}
