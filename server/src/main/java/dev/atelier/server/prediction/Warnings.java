package dev.atelier.server.prediction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * What its caller should know of a prediction that is made all the same: fields that were ignored, what was replaced, left out or
 * made otherwise.
 *
 * @param sentences each whole by itself, naming the field where there is one; at most {@value #MOST}, no two alike
 */
public record Warnings(List<String> sentences) {
    public static final Warnings NONE = new Warnings(List.of());
    private static final int MOST = 40;
    private static final int LONGEST = 400;
    private static final String REST = "further warnings are not listed";

    public Warnings {
        SequencedSet<String> kept = new LinkedHashSet<>();
        sentences.stream()
                .filter(sentence -> !sentence.isBlank())
                .map(Warnings::bounded)
                .forEach(kept::add);
        sentences = kept.size() <= MOST ? List.copyOf(kept) : first(List.copyOf(kept));
    }

    /** These, and {@code more} behind them. */
    public Warnings and(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(sentences);
        all.addAll(more);
        return new Warnings(all);
    }

    private static List<String> first(List<String> all) {
        List<String> kept = new ArrayList<>(all.subList(0, MOST - 1));
        kept.add(REST);
        return List.copyOf(kept);
    }

    private static String bounded(String sentence) {
        return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 1) + "…";
    }
}
