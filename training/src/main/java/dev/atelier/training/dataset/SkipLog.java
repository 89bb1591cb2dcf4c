package dev.atelier.training.dataset;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is left out of a dataset and remembers a few of each kind to show. Thread-safe. */
public final class SkipLog {
    private static final int SHOWN = 3;

    private final Map<SkipReason, Integer> counts = new EnumMap<>(SkipReason.class);
    private final Map<SkipReason, List<String>> shown = new EnumMap<>(SkipReason.class);

    /**
     * @param name of the entry
     * @param detail what is wrong with it, with value and bound; may be empty
     */
    synchronized void add(SkipReason reason, String name, String detail) {
        counts.merge(reason, 1, Integer::sum);
        List<String> some = shown.computeIfAbsent(reason, _ -> new ArrayList<>());
        if (some.size() < SHOWN) {
            some.add(detail.isEmpty() ? name : name + " (" + detail + ")");
        }
    }

    /** As {@link #add(SkipReason, String, String)}. */
    public void add(String name, SkippedException skipped) {
        add(skipped.reason(), name, skipped.getMessage());
    }

    public synchronized int count(SkipReason reason) {
        return counts.getOrDefault(reason, 0);
    }

    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** One line a reason: how many, and the first of them with what is wrong. */
    public synchronized List<String> lines() {
        List<String> out = new ArrayList<>();
        counts.forEach((reason, count) -> {
            List<String> some = shown.get(reason);
            String more = count > some.size() ? ", …" : "";
            out.add(count + " " + reason.words() + ": " + String.join(", ", some) + more);
        });
        return out;
    }
}
