package dev.atelier.prompt.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A way in which the pictures of a series differ, as {@code dimensions.json} lists them.
 *
 * @param nouns patterns of what people count: "angles", "视角"
 * @param alone whether a list of three values is a series even when no number of pictures is given
 * @param cue pattern that such a list must hold or follow; empty: none
 */
record Dimension(String name, List<String> nouns, boolean alone, String cue, Language en, Language zh) {
    /**
     * @param form how a bare value is said, with {@code %s}
     * @param values pairs of a pattern and the words for it when it stands alone; empty words: those of the prompt
     * @param defaults whole phrases, used when a number but no values are given
     * @param whole first a pattern that stands for all values ("through the seasons"), then the values
     * @param span as {@code whole}, for words that are a series only when a number is given ("from dawn to dusk")
     * @param numbered how shot k of n is said when there are no values; empty: it is not said
     */
    record Language(
            String form,
            List<List<String>> values,
            List<String> defaults,
            List<List<String>> whole,
            List<List<String>> span,
            String numbered) {

        /** All values as alternatives of one pattern; empty when there are none. */
        String valuePattern() {
            List<String> patterns = new ArrayList<>();
            values.forEach(value -> patterns.add(value.getFirst()));
            return String.join("|", patterns);
        }

        /** How the bare value {@code word} is said: with its preposition, or in this dimension's form. */
        String say(String word) {
            for (List<String> value : values) {
                if (!value.getLast().isEmpty() && matches("(?i)(?:" + value.getFirst() + ")", word)) {
                    return value.getLast();
                }
            }
            return form.replace("%s", word);
        }

        /** The values that stand for all of this dimension, if there are such. */
        List<String> all() {
            return whole.isEmpty()
                    ? List.of()
                    : whole.getFirst().subList(1, whole.getFirst().size());
        }

        /** One text a shot for {@code count} shots of this dimension when the prompt names no values; may be empty. */
        List<String> parts(int count) {
            if (!numbered.isEmpty()) {
                List<String> parts = new ArrayList<>();
                for (int k = 1; k <= count; k++) {
                    parts.add(numbered.formatted(k, count));
                }
                return parts;
            }
            return defaults.isEmpty() ? List.of() : spread(defaults, count);
        }

        /** {@code count} of {@code items}: the first ones, all of them over and over when there are not enough. */
        static List<String> spread(List<String> items, int count) {
            List<String> spread = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                spread.add(items.get(k % items.size()));
            }
            return spread;
        }
    }

    static final List<Dimension> ALL = load();

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    Language language(boolean chinese) {
        return chinese ? zh : en;
    }

    /** All nouns of all dimensions as alternatives of one pattern. */
    static String nounPattern() {
        List<String> all = new ArrayList<>();
        ALL.forEach(dimension -> all.addAll(dimension.nouns));
        return "(?:" + String.join("|", all) + ")";
    }

    boolean counts(String noun) {
        return nouns.stream().anyMatch(pattern -> matches(pattern, noun));
    }

    private static boolean matches(String pattern, String word) {
        return COMPILED.computeIfAbsent(pattern, Pattern::compile).matcher(word).matches();
    }

    private static List<Dimension> load() {
        try (InputStream in = Dimension.class.getResourceAsStream("dimensions.json")) {
            return List.copyOf(JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
                    .build()
                    .readValue(in, new TypeReference<List<Dimension>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
