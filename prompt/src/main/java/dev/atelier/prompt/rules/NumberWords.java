package dev.atelier.prompt.rules;

import java.util.List;
import java.util.Map;

/** Numbers in digits, English words and Chinese numerals. */
final class NumberWords {
    /** Number words, one to fifty. */
    static final String ENGLISH_UNITS =
            "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
                    + "|eighteen|nineteen|twenty|thirty|forty|fifty";

    /** Matches an English number of pictures; {@link #english} reads it. */
    static final String ENGLISH = "(?:(?<![:.\\d/*])\\d{1,3}(?![\\w%°:/]|\\.\\d|-(?:d|k|year|day|hour|minute|inch))"
            + "|half a dozen|a half dozen|half[- ]dozen|two dozen|three dozen|" + ENGLISH_UNITS
            + "|a hundred|a dozen|dozen|(?:a )?couple(?: of)?|(?:a )?(?:pair|trio|quartet|handful|bunch) of|several|a few|few|multiple|many|various"
            + "|a number of)";

    /** Matches a Chinese number; {@link #chinese} reads it. */
    static final String CHINESE = "(?:\\d{1,3}|[一二两三四五六七八九十]{1,3}|半打|一打|两打|好几|几|多|数|若干)";

    /** What "several pictures" means. */
    static final int SEVERAL = 4;

    private static final int FEW = 3;
    private static final List<String> UNITS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");
    private static final Map<String, Integer> ENGLISH_WORDS = Map.ofEntries(
            Map.entry("thirty", 30),
            Map.entry("forty", 40),
            Map.entry("fifty", 50),
            Map.entry("a hundred", 100),
            Map.entry("half a dozen", 6),
            Map.entry("a half dozen", 6),
            Map.entry("half dozen", 6),
            Map.entry("half-dozen", 6),
            Map.entry("a dozen", 12),
            Map.entry("dozen", 12),
            Map.entry("two dozen", 24),
            Map.entry("three dozen", 36),
            Map.entry("a couple", 2),
            Map.entry("couple", 2),
            Map.entry("a couple of", 2),
            Map.entry("couple of", 2),
            Map.entry("a pair of", 2),
            Map.entry("pair of", 2),
            Map.entry("a trio of", 3),
            Map.entry("trio of", 3),
            Map.entry("a quartet of", 4),
            Map.entry("quartet of", 4),
            Map.entry("a few", FEW),
            Map.entry("few", FEW),
            Map.entry("a handful of", FEW),
            Map.entry("handful of", FEW));
    private static final String CHINESE_DIGITS = "零一二三四五六七八九";

    private NumberWords() {}

    /**
     * @param value at least 1
     * @param vague whether the words leave the exact number open
     */
    record Number(int value, boolean vague) {}

    static Number english(String words) {
        String word = words.strip();
        if (Character.isDigit(word.charAt(0))) {
            return new Number(Math.max(1, Integer.parseInt(word)), false);
        }
        int unit = UNITS.indexOf(word);
        if (unit > 0) {
            return new Number(unit, false);
        }
        Integer value = ENGLISH_WORDS.get(word);
        return value == null ? new Number(SEVERAL, true) : new Number(value, value == FEW && word.contains("few"));
    }

    static Number chinese(String words) {
        if (Character.isDigit(words.charAt(0))) {
            return new Number(Math.max(1, Integer.parseInt(words)), false);
        }
        return switch (words) {
            case "半打" -> new Number(6, false);
            case "一打" -> new Number(12, false);
            case "两打" -> new Number(24, false);
            case "几" -> new Number(FEW, true);
            case "多", "数", "若干", "好几" -> new Number(SEVERAL, true);
            default -> new Number(numeral(words.replace('两', '二')), false);
        };
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
