package dev.atelier.prompt.rules;

import dev.atelier.prompt.words.WordFile;
import java.util.Map;
import java.util.regex.Pattern;

/** The words of the rules, which people who write no Java can extend: {@code english.txt} and {@code chinese.txt}. */
final class Words {
    private static final int MAX_GAP = 9;
    private static final int MAX_WORD = 40;

    private static final WordFile FILE = WordFile.load(
            Words.class,
            Map.of(
                    "number", NumberWords.ENGLISH,
                    "unit", NumberWords.ENGLISH_UNITS,
                    "ordinal", NumberWords.ENGLISH_ORDINALS,
                    "zh-number", NumberWords.CHINESE,
                    "dimension", Dimension.nounPattern()),
            "english.txt",
            "chinese.txt");

    private Words() {}

    /**
     * {@code regex} with the lists that it names in braces, such as <code>{media}</code>. What repeats without a bound is bounded
     * to {@value #MAX_GAP} blanks and {@value #MAX_WORD} characters of a class, so that no prompt makes a match expensive.
     */
    static Pattern pattern(String regex) {
        return Pattern.compile(bounded(FILE.fill(regex)));
    }

    private static String bounded(String regex) {
        return regex.replace("\\s+", "\\s{1," + MAX_GAP + "}")
                .replace("\\s*", "\\s{0," + MAX_GAP + "}")
                .replaceAll("(?<=(?<!\\\\)]|\\\\[pP]\\{\\w{1,20}}|\\\\w)\\+", "{1," + MAX_WORD + "}")
                .replaceAll("(?<=(?<!\\\\)]|\\\\[pP]\\{\\w{1,20}}|\\\\w)\\*", "{0," + MAX_WORD + "}");
    }
}
