package dev.atelier.world.scene;

import java.util.List;

/** The Chinese characters that all bundled fonts but the brush can print. */
public final class Characters {
    private static final List<String> ALL =
            Nouns.rows("characters.tsv").stream().map(row -> row[0]).toList();

    private Characters() {}

    public static List<String> all() {
        return ALL;
    }

    /** Whether every character of {@code word} is one of them. */
    public static boolean print(String word) {
        return word.codePoints().allMatch(character -> ALL.contains(Character.toString(character)));
    }
}
