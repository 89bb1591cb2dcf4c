package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a prompt that a rewriting must keep. */
public final class PromptWords {
    private static final Pattern ENGLISH = Words.pattern("[\\p{IsLatin}][\\p{IsLatin}'-]{2,}");
    private static final Pattern CHINESE = Words.pattern("\\p{IsHan}{2,}");
    private static final Pattern CHINESE_FILLER = Words.pattern("{zh-contentless}");
    private static final Pattern FILLER = Words.pattern("{contentless}|{unit}|{ordinal}");
    private static final Pattern ENDING = Words.pattern("(?:'s|'|ies|ied|ing|ed|es|s|y)$");

    private PromptWords() {}

    /** The quoted texts of {@code prompt} with their quotation marks, in order. */
    public static List<String> quotations(String prompt) {
        return MaskedText.quotes(prompt).stream()
                .map(span -> prompt.substring(span.start(), span.end()))
                .toList();
    }

    /**
     * The words of {@code prompt} that carry its meaning, in lower case: English ones cut to their stems, Chinese ones as pairs
     * of characters; quoted text, counts and words of asking left out.
     */
    public static Set<String> content(String prompt) {
        String visible = MaskedText.of(prompt).visible();
        Set<String> words = new LinkedHashSet<>();
        Matcher english = ENGLISH.matcher(visible);
        while (english.find()) {
            if (!FILLER.matcher(english.group()).matches()) {
                words.add(stem(english.group()));
            }
        }
        for (String run : split(visible)) {
            for (int i = 0; i + 2 <= run.length(); i += 2) {
                words.add(run.substring(i, i + 2));
            }
        }
        return words;
    }

    private static List<String> split(String visible) {
        List<String> runs = new ArrayList<>();
        Matcher chinese = CHINESE.matcher(CHINESE_FILLER.matcher(visible).replaceAll(" "));
        while (chinese.find()) {
            runs.add(chinese.group());
        }
        return runs;
    }

    private static String stem(String word) {
        String stem = ENDING.matcher(word).replaceFirst("");
        return stem.length() >= 3 ? stem : word;
    }
}
