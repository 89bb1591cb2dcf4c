package dev.atelier.server.api.chat;

import java.util.List;
import java.util.function.Consumer;

/** Lets a growing text through up to the first of several words; what may be the beginning of one waits. */
final class StopWords implements Consumer<String> {
    private final List<String> words;
    private final Consumer<String> listener;
    private final StringBuilder waiting = new StringBuilder();
    private boolean found;

    StopWords(List<String> words, Consumer<String> listener) {
        this.words = words;
        this.listener = listener;
    }

    @Override
    public void accept(String piece) {
        if (found) {
            return;
        }
        waiting.append(piece);
        int first = words.stream()
                .mapToInt(waiting::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        found = first >= 0;
        let(found ? first : waiting.length() - begun());
    }

    /** Lets through what waited for nothing. */
    void end() {
        if (!found) {
            let(waiting.length());
        }
    }

    boolean found() {
        return found;
    }

    private void let(int length) {
        if (length > 0) {
            String through = waiting.substring(0, length);
            waiting.delete(0, length);
            listener.accept(through);
        }
    }

    /** Characters at the end that a word may begin with. */
    private int begun() {
        String text = waiting.toString();
        int longest = 0;
        for (String word : words) {
            for (int length = Math.min(word.length() - 1, text.length()); length > longest; length--) {
                if (text.endsWith(word.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
