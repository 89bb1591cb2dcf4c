package dev.atelier.world.scene;

import java.util.List;

/** How a {@link Term} is said: synonyms in English and in Chinese, the plainest first; neither list is empty. */
public record Words(List<String> english, List<String> chinese) {

    /** @throws IllegalArgumentException when a language has no word */
    public Words {
        if (english.isEmpty() || chinese.isEmpty()) {
            throw new IllegalArgumentException(
                    "a term needs a word in each language, got " + english + " and " + chinese);
        }
        english = List.copyOf(english);
        chinese = List.copyOf(chinese);
    }

    /** Synonyms separated by {@code |}. */
    static Words of(String english, String chinese) {
        return new Words(List.of(english.split("\\|")), List.of(chinese.split("\\|")));
    }
}
