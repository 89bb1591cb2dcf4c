package dev.atelier.world.scene;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other words for the nouns of which there are drawings: synonyms and kinds, such as sedan for a car and 小轿车 for 汽车. */
public final class Lexicon {
    private static final Map<String, Noun> NOUNS = new HashMap<>();
    private static final Map<Noun, List<String>> ENGLISH = new HashMap<>();
    private static final Map<Noun, List<String>> CHINESE = new HashMap<>();

    static {
        for (String[] row : Nouns.rows("aliases.tsv")) {
            Noun noun = Nouns.find(row[2])
                    .orElseThrow(() -> new IllegalStateException(
                            "aliases.tsv: " + row[0] + " is said to be " + row[2] + ", which is not in nouns.tsv"));
            NOUNS.put(row[0], noun);
            Map<Noun, List<String>> words = row[1].equals("zh") ? CHINESE : ENGLISH;
            words.computeIfAbsent(noun, _ -> new ArrayList<>()).add(row[0]);
        }
    }

    private Lexicon() {}

    /** How many words there are. */
    public static int size() {
        return NOUNS.size();
    }

    /** What a word, in lower case, is drawn as; empty for a word that is not in the table. */
    public static Optional<Noun> find(String word) {
        return Optional.ofNullable(NOUNS.get(word));
    }

    /** English words for a noun beside its own, each of which takes an article; there may be none. */
    public static List<String> english(Noun noun) {
        return ENGLISH.getOrDefault(noun, List.of());
    }

    /** Chinese words for a noun beside its own; there may be none. */
    public static List<String> chinese(Noun noun) {
        return CHINESE.getOrDefault(noun, List.of());
    }
}
