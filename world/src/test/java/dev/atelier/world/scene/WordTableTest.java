package dev.atelier.world.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTableTest {
    private static final List<String> LINES = WordTable.text(true).lines().toList();

    @Test
    void aThingHasItsOtherWordsBesideIt() {
        assertThat(near("dog")).contains("corgi", "spaniel", "cur");
        assertThat(near("horse")).contains("stallion", "steed");
        assertThat(near("lake")).contains("pond", "lagoon");
        assertThat(line("lake")).startsWith("lake");
    }

    @Test
    void captionsOwnWordsAreKnownAndNoOtherWordsOfAnything() {
        assertThat(line("oil painting")).contains("oil on canvas");
        assertThat(LINES).contains("boat").anyMatch(line -> line.startsWith("polar bear"));
        assertThat(near("cloud")).doesNotContain("fog", "mist");
    }

    @Test
    void wordsThatMostlyMeanSomethingElseAreLeftOut() {
        assertThat(LINES.stream().flatMap(line -> words(line).stream()))
                .doesNotContain("adage", "entire", "settle", "john");
    }

    @Test
    void everyWordStandsThereOnceInItsLanguage() {
        for (List<String> language : List.of(
                LINES.subList(0, LINES.indexOf("[chinese]")),
                LINES.subList(LINES.indexOf("[chinese]"), LINES.size()))) {
            List<String> words = language.stream()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("[") && !line.isBlank())
                    .flatMap(line -> words(line).stream())
                    .toList();
            assertThat(words).hasSizeGreaterThan(700).doesNotHaveDuplicates();
        }
    }

    @Test
    void aWorldWithoutThingsHasNoWordsForThem() {
        assertThat(WordTable.text(false).lines()).noneMatch(line -> line.startsWith("polar bear"));
    }

    private static String line(String word) {
        return LINES.stream()
                .filter(line -> line.equals(word) || line.startsWith(word + " =") || line.startsWith(word + " >"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> near(String word) {
        String line = line(word);
        return line.contains(">") ? words(line.substring(line.indexOf('>'))) : List.of();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Arrays.stream(line.split("[=>,]"))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .forEach(words::add);
        return words;
    }
}
