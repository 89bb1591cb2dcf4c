package dev.atelier.prompt;

import dev.atelier.prompt.words.Vocabulary;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The words of a small model: {@code model/vocabulary.txt} beside this class. */
public final class TestVocabulary {
    public static final Vocabulary SMALL = read();

    private TestVocabulary() {}

    private static Vocabulary read() {
        try {
            return Vocabulary.ofModel(
                    Path.of(TestVocabulary.class.getResource("model").toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
