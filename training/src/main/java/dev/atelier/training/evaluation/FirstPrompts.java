package dev.atelier.training.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prompts as people write them, for shops, films, advertising, games, lessons, rooms, buildings and fashion, in two languages. */
final class FirstPrompts {
    /** In the table for a prompt whose subject the world has no word for. */
    private static final String NONE = "-";

    private FirstPrompts() {}

    static List<ExamQuestion> all() {
        try (InputStream file = FirstPrompts.class.getResourceAsStream("first-prompts.tsv")) {
            if (file == null) {
                throw new IllegalStateException("first-prompts.tsv is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(row -> new ExamQuestion(row[0], row[1], row[2].equals(NONE) ? "" : row[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
