package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what a prompt excludes: "no people", "without any text", "不要文字". */
final class NegativeReader {
    private static final Pattern ENGLISH = Words.pattern(
            "(?:(?<=^|[,.;(] )no|\\bwithout(?: any)?)\\s+(?<what>(?!longer\\b|more\\b|matter\\b|one else\\b)[\\p{L}-]+(?: [\\p{L}-]+){0,2}?)(?=\\s*(?:$|[,.;:!?)]|\\b(?:and|or|in|on|at)\\b))");
    private static final Pattern CHINESE =
            Words.pattern("(?:不要有?|没有|不含|不带|无需|避免)(?<what>[\\p{IsHan}]{1,6}?)(?=$|[，。；、！,.;])");

    private NegativeReader() {}

    /** {@code given} with what {@code text} excludes, separated by commas. */
    static String read(MaskedText text, String given) {
        List<String> parts = new ArrayList<>();
        if (!given.isEmpty()) {
            parts.add(given);
        }
        for (Pattern pattern : List.of(ENGLISH, CHINESE)) {
            Matcher matcher = pattern.matcher(text.visible());
            while (matcher.find()) {
                String what = matcher.group("what");
                if (!given.contains(what)) {
                    parts.add(what);
                }
            }
        }
        return String.join(", ", parts);
    }
}
