package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.Parts.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values of a dimension side by side ("spring, summer and autumn") and words for all of them ("through the seasons"). */
final class DimensionReader {
    private static final String PREPOSITION = "(?:(?:in|at|from|by|during|as|on|under|with)\\s+)?(?:the\\s+|an?\\s+)?";
    private static final String ENGLISH_JOIN =
            "\\s*(?:,\\s*(?:and\\s+|then\\s+|or\\s+)?|;\\s*(?:and\\s+)?|/|&|→|->|\\band\\s+|\\bto\\s+|\\bthen\\s+)\\s*";
    private static final String ENGLISH_TAIL =
            "(?<tail>\\s+(?:views?|angles?|versions?|variants?|editions?|colou?rs?|expressions?|styles?|shots?|scenes?|sides?)\\b(?:\\s+of(?=\\s))?)?";
    private static final String CHINESE_JOIN = "\\s*(?:[、,，;；/]|和|与|及|以及|到|再到|→)\\s*(?:在)?";
    private static final Pattern LEADING_PREPOSITION =
            Pattern.compile("(?i)^(?:(?:in|at|from|by|during|as|on|under|with)\\s+)(?:(?:the|an?)\\s+)?");

    private DimensionReader() {}

    /**
     * @param whole whether the words stand for all values and a number of pictures may pick some of them
     * @param sure whether the words make a series although no number of pictures is given
     */
    record Found(Dimension dimension, Parts parts, boolean whole, boolean sure) {}

    /** All finds, the longest list first. */
    static List<Found> find(MaskedText text) {
        List<Found> found = new ArrayList<>();
        for (Dimension dimension : Dimension.ALL) {
            english(dimension, text, found);
            chinese(dimension, text, found);
            for (boolean han : new boolean[] {false, true}) {
                Dimension.Language language = dimension.language(han);
                language.whole().forEach(row -> whole(dimension, row, text, true, found));
                language.span().forEach(row -> whole(dimension, row, text, false, found));
            }
        }
        found.sort(Comparator.comparing(Found::whole)
                .thenComparing(find -> -find.parts().size())
                .thenComparing(find -> find.sure() ? 0 : 1));
        return found;
    }

    private static void english(Dimension dimension, MaskedText text, List<Found> found) {
        String values = dimension.en().valuePattern();
        if (values.isEmpty()) {
            return;
        }
        String item = PREPOSITION + "(?:" + values + ")(?:\\s+(?:view|light|expression|style))?(?![\\w-])";
        Matcher matcher = Pattern.compile("(?<![\\w-])" + item + "(?:" + ENGLISH_JOIN + item + ")+" + ENGLISH_TAIL)
                .matcher(text.visible());
        while (matcher.find()) {
            String tail = matcher.group("tail") == null ? "" : matcher.group("tail");
            String list = text.original().substring(matcher.start(), matcher.end() - tail.length());
            List<String> words = pieces(list, item, ENGLISH_JOIN);
            boolean cued = dimension.cue().isEmpty()
                    || Pattern.compile(dimension.cue()).matcher(matcher.group()).find();
            boolean two = !tail.isEmpty() && !tail.contains("scene");
            boolean sure = two || dimension.alone() && words.size() >= 3 && cued;
            found.add(new Found(
                    dimension,
                    new Parts(Span.of(matcher), said(dimension, words, tail), Source.DIMENSION),
                    false,
                    sure));
        }
    }

    private static List<String> said(Dimension dimension, List<String> words, String tail) {
        Matcher first = LEADING_PREPOSITION.matcher(words.getFirst());
        String shared = first.find() ? first.group() : "";
        List<String> said = new ArrayList<>();
        for (String word : words) {
            if (!tail.isEmpty()) {
                String singular = tail.replaceFirst("s\\b", "");
                String noun = singular.strip().split(" ")[0];
                said.add(word.endsWith(" " + noun) ? word + singular.replaceFirst("\\s*" + noun, "") : word + singular);
            } else if (LEADING_PREPOSITION.matcher(word).find()) {
                said.add(word);
            } else {
                said.add(shared.isEmpty() ? dimension.en().say(word) : shared + word.replaceFirst("(?i)^the\\s+", ""));
            }
        }
        return said;
    }

    private static void chinese(Dimension dimension, MaskedText text, List<Found> found) {
        String values = dimension.zh().valuePattern();
        if (values.isEmpty()) {
            return;
        }
        String item = "(?:在)?(?:" + values + ")(?:视图|视角|角度|表情|风格|照|图|版本?|款|季)?";
        Matcher matcher = Pattern.compile(item + "(?:" + CHINESE_JOIN + item + ")+(?:视图|图)?")
                .matcher(text.visible());
        while (matcher.find()) {
            List<String> said = new ArrayList<>();
            List<String> words = pieces(matcher.group(), item, CHINESE_JOIN);
            boolean within = words.getFirst().startsWith("在");
            for (String word : words) {
                String bare = word.replaceFirst("^在", "");
                said.add((within ? "在" : "") + dimension.zh().say(bare));
            }
            boolean versions = words.stream().allMatch(word -> word.matches(".*(?:版本?|款)$"));
            boolean sure = dimension.alone() && said.size() >= 3 || versions;
            found.add(new Found(dimension, new Parts(Span.of(matcher), said, Source.DIMENSION), false, sure));
        }
    }

    private static List<String> pieces(String list, String item, String join) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?i)(?:^|(?<=\\G))(?:" + join + ")?(?<item>" + item + ")")
                .matcher(list);
        int from = 0;
        while (from < list.length() && matcher.find(from) && matcher.start() == from) {
            pieces.add(matcher.group("item").strip());
            from = matcher.end();
        }
        return pieces;
    }

    private static void whole(Dimension dimension, List<String> row, MaskedText text, boolean sure, List<Found> found) {
        Matcher matcher = Pattern.compile(row.getFirst()).matcher(text.visible());
        while (matcher.find()) {
            Parts parts = new Parts(Span.of(matcher), row.subList(1, row.size()), Source.DIMENSION);
            found.add(new Found(dimension, parts, true, sure));
        }
    }
}
