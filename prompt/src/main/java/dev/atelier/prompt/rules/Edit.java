package dev.atelier.prompt.rules;

import java.util.List;

/**
 * A part of the prompt that reads differently in the shots.
 *
 * @param texts what stands there in each shot, or one text for all
 */
record Edit(Span span, List<String> texts) {
    static Edit remove(Span span) {
        return new Edit(span, List.of(""));
    }

    static Edit replace(Span span, String text) {
        return new Edit(span, List.of(text));
    }

    String text(int shot) {
        return texts.get(texts.size() == 1 ? 0 : shot);
    }
}
