package dev.atelier.prompt.rules;

import dev.atelier.prompt.words.WordFile;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers in digits, English words and Chinese numerals; the words are those of {@code numbers.txt}. */
final class NumberWords {
    private static final WordFile FILE = WordFile.load(NumberWords.class, "numbers.txt");
    private static final List<Entry> UNITS = FILE.read("english-units", Entry::of);
    private static final List<Entry> ORDINALS = FILE.read("english-ordinals", Entry::of);
    private static final Map<String, Number> ENGLISH_WORDS = new HashMap<>();
    private static final Map<String, Number> CHINESE_WORDS = new HashMap<>();
    private static final Pattern NUMERAL = Pattern.compile("\\d{1,2}(?:st|nd|rd|th)");
    private static final String CHINESE_DIGITS = "零一二三四五六七八九";

    static {
        UNITS.forEach(entry -> ENGLISH_WORDS.put(entry.words(), entry.number()));
        FILE.read("english-amounts", Entry::of).forEach(entry -> ENGLISH_WORDS.put(entry.words(), entry.number()));
        FILE.read("chinese-amounts", Entry::of).forEach(entry -> CHINESE_WORDS.put(entry.words(), entry.number()));
    }

    /** Matches a number word, one to fifty. */
    static final String ENGLISH_UNITS =
            alternatives(UNITS.stream().map(Entry::words).toList());

    /** Matches "first" to "tenth". */
    static final String ENGLISH_ORDINALS =
            alternatives(ORDINALS.stream().map(Entry::words).toList());

    /** Matches an English number of pictures; {@link #english} reads it. "16:9", "3d" and "4-inch" are none. */
    static final String ENGLISH =
            "(?:(?<![:.\\d/*])\\d{1,3}(?![\\w%°/]|:\\S|\\.\\d|-(?:d|k|year|day|hour|minute|inch))|"
                    + alternatives(ENGLISH_WORDS.keySet()) + ")";

    /** Matches a Chinese number; {@link #chinese} reads it. */
    static final String CHINESE =
            "(?:\\d{1,3}|[一二两三四五六七八九]?十[几多来]|[一二两三四五六七八九十]{1,3}|" + alternatives(CHINESE_WORDS.keySet()) + ")";

    /** What "several pictures" means. */
    static final int SEVERAL = 4;

    private NumberWords() {}

    /**
     * @param value at least 1
     * @param vague whether the words leave the exact number open
     */
    record Number(int value, boolean vague) {}

    /** One line of the file: "a dozen = 12", "a few ~ 3". */
    private record Entry(String words, Number number) {
        private static final Pattern FORM =
                Pattern.compile("(?<words>[^=~]{1,40}+)(?<sign>[=~])\\s*(?<value>\\d{1,3})");

        static Entry of(String line) {
            Matcher form = FORM.matcher(line);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "\"" + line + "\" is not of the form: words = number, words ~ number");
            }
            return new Entry(
                    form.group("words").strip(),
                    new Number(
                            Integer.parseInt(form.group("value")),
                            form.group("sign").equals("~")));
        }
    }

    /** Longest first, or "two" would hide "two dozen". */
    private static String alternatives(Collection<String> words) {
        return words.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.joining("|", "(?:", ")"));
    }

    static Number english(String words) {
        String word = words.strip();
        return Character.isDigit(word.charAt(0))
                ? new Number(Math.max(1, Integer.parseInt(word)), false)
                : ENGLISH_WORDS.getOrDefault(word, new Number(SEVERAL, true));
    }

    /** From 1; 0 when {@code word} is no ordinal. */
    static int ordinal(String word) {
        if (NUMERAL.matcher(word).matches()) {
            return Integer.parseInt(word.substring(0, word.length() - 2));
        }
        return ORDINALS.stream()
                .filter(entry -> entry.words().equals(word))
                .mapToInt(entry -> entry.number().value())
                .findFirst()
                .orElse(0);
    }

    static Number chinese(String words) {
        if (Character.isDigit(words.charAt(0))) {
            return new Number(Math.max(1, Integer.parseInt(words)), false);
        }
        Number known = CHINESE_WORDS.get(words);
        if (known != null) {
            return known;
        }
        boolean open = words.length() > 1 && "几多来".indexOf(words.charAt(words.length() - 1)) >= 0;
        String exact = open ? words.substring(0, words.length() - 1) : words;
        return new Number(numeral(exact.replace('两', '二')), open);
    }

    private static int numeral(String numeral) {
        int ten = numeral.indexOf('十');
        if (ten < 0) {
            return Math.max(1, CHINESE_DIGITS.indexOf(numeral.charAt(numeral.length() - 1)));
        }
        int tens = ten == 0 ? 1 : CHINESE_DIGITS.indexOf(numeral.charAt(ten - 1));
        int ones = ten == numeral.length() - 1 ? 0 : CHINESE_DIGITS.indexOf(numeral.charAt(ten + 1));
        return tens * 10 + Math.max(0, ones);
    }
}
