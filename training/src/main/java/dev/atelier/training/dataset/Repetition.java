package dev.atelier.training.dataset;

import java.util.List;

/** Ways to ask for a picture as it is. */
final class Repetition {
    private static final List<String> PROMPTS = List.of(
            "keep the picture as it is",
            "make the same picture again",
            "the same picture, unchanged",
            "change nothing",
            "画面保持不变",
            "再画一张一样的图片");

    private Repetition() {}

    static String prompt(long seed) {
        return PROMPTS.get(Math.floorMod(seed, PROMPTS.size()));
    }
}
