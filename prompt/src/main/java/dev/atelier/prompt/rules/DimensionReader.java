package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.Parts.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds values of a dimension side by side ("spring, summer and autumn") and words for all of them ("through the seasons"). */
final class DimensionReader {
    private static final String PREPOSITION = "(?:(?:in|at|from|by|during|as|on|under|with)\\s+)?(?:the\\s+|an?\\s+)?";
    private static final String ENGLISH_JOIN =
            "\\s*(?:,\\s*(?:and\\s+|then\\s+|or\\s+)?|;\\s*(?:and\\s+)?|/|&|→|->|\\band\\s+|\\bto\\s+|\\bthen\\s+)\\s*";
    private static final String ENGLISH_TAIL =
            "(?<tail>\\s+(?:views?|angles?|versions?|variants?|editions?|colou?rs?|expressions?|styles?|shots?|scenes?|sides?)\\b(?:\\s+of(?=\\s))?)?";
    private static final String CHINESE_JOIN = "\\s*(?:[、,，;；/]|和|与|及|以及|到|再到|→)\\s*(?:在)?";
    private static final Pattern LEADING_PREPOSITION =
            Words.pattern("(?i)^(?:(?:in|at|from|by|during|as|on|under|with)\\s+)(?:(?:the|an?)\\s+)?");

    /** The last item of a list of colours may be one that the table lacks. */
    private static final Pattern LAST_UNKNOWN =
            Words.pattern("\\s*,?\\s+(?:and|&|or)\\s+(?<word>\\p{L}+)(?=$|[,.;:!?])");

    /** 屏风上绣着 before 春夏秋冬: on a thing, in one picture. */
    private static final Pattern BEARS = Words.pattern("\\b{bears}\\s+(?:the\\s+)?$|{zh-bears}$");

    private static final int MAX_FOUND = 40;
    private static final List<Compiled> COMPILED = Stream.of(false, true)
            .flatMap(chinese -> Dimension.ALL.stream().map(dimension -> Compiled.of(dimension, chinese)))
            .toList();

    private DimensionReader() {}

    /**
     * @param whole whether the words stand for all values and a number of pictures may pick some of them
     * @param sure whether the words make a series although no number of pictures is given
     */
    record Found(Dimension dimension, Parts parts, boolean whole, boolean sure) {}

    /**
     * The patterns of one dimension in one language, compiled once.
     *
     * @param list two or more values, each with its preposition; absent values match nothing
     * @param piece one value of such a list, with what joins it to the one before
     * @param cue what a list must hold to be a series by itself
     */
    private record Compiled(
            Dimension dimension, boolean chinese, Pattern list, Pattern piece, Pattern cue, List<All> all) {
        static Compiled of(Dimension dimension, boolean chinese) {
            Dimension.Language language = dimension.language(chinese);
            String values = language.valuePattern().isEmpty() ? "(?!)" : language.valuePattern();
            String item = chinese
                    ? "(?:在)?(?:" + values + ")(?:视图|视角|角度|表情|风格|照|图|版本?|款|季)?"
                    : PREPOSITION + "(?:" + values
                            + ")(?:\\s+(?:view|light|expression|style|(?:version|variant|edition)(?=" + ENGLISH_JOIN
                            + ")))?(?![\\w-])";
            String list = chinese
                    ? item + "(?:" + CHINESE_JOIN + item + "){1,14}(?:视图|图)?"
                    : "(?<![\\w-])" + item + "(?:" + ENGLISH_JOIN + item + "){1,14}" + ENGLISH_TAIL;
            List<All> all = new ArrayList<>();
            language.whole().forEach(row -> all.add(All.of(row, true)));
            language.span().forEach(row -> all.add(All.of(row, false)));
            String join = chinese ? CHINESE_JOIN : ENGLISH_JOIN;
            return new Compiled(
                    dimension,
                    chinese,
                    Words.pattern(list),
                    Words.pattern("(?i)(?:^|(?<=\\G))(?:" + join + ")?(?<item>" + item + ")"),
                    Words.pattern(dimension.cue()),
                    all);
        }
    }

    /** Words that stand for all values. */
    private record All(Pattern pattern, List<String> values, boolean sure) {
        static All of(List<String> row, boolean sure) {
            return new All(Words.pattern(row.getFirst()), row.subList(1, row.size()), sure);
        }
    }

    /** All finds, the longest list first. */
    static List<Found> find(MaskedText text) {
        List<Found> found = new ArrayList<>();
        boolean english = text.english();
        boolean chinese = text.chinese();
        for (Compiled compiled : COMPILED) {
            if (compiled.chinese() ? !chinese : !english) {
                continue;
            }
            Matcher matcher = compiled.list().matcher(text.visible());
            while (found.size() < MAX_FOUND && matcher.find()) {
                if (text.endsBefore(BEARS, matcher.start())) {
                    continue;
                }
                found.add(compiled.chinese() ? chinese(compiled, matcher) : english(compiled, matcher, text));
            }
            for (All all : compiled.all()) {
                Matcher whole = all.pattern().matcher(text.visible());
                if (whole.find() && !text.endsBefore(BEARS, whole.start())) {
                    Parts parts = new Parts(Span.of(whole), all.values(), Source.DIMENSION);
                    found.add(new Found(compiled.dimension(), parts, true, all.sure()));
                }
            }
        }
        found.sort(Comparator.comparing(Found::whole)
                .thenComparing(find -> -find.parts().size())
                .thenComparing(find -> find.sure() ? 0 : 1));
        return found;
    }

    private static Found english(Compiled compiled, Matcher matcher, MaskedText text) {
        Dimension dimension = compiled.dimension();
        String tail = matcher.group("tail") == null ? "" : matcher.group("tail");
        String list = text.original().substring(matcher.start(), matcher.end() - tail.length());
        List<String> words = new ArrayList<>(pieces(list, compiled.piece()));
        Matcher last = LAST_UNKNOWN
                .matcher(text.visible())
                .region(matcher.end(), text.visible().length());
        boolean unknown = tail.isEmpty() && dimension.name().equals("colour") && last.lookingAt();
        if (unknown) {
            words.add(text.original().substring(last.start("word"), last.end("word")));
        }
        boolean cued = compiled.cue().matcher(matcher.group()).find();
        boolean named = !tail.isEmpty() && !tail.contains("scene");
        boolean sure = named || dimension.alone() && words.size() >= 3 && cued;
        Parts parts = new Parts(
                new Span(matcher.start(), unknown ? last.end() : matcher.end()),
                said(dimension, words, tail),
                Source.DIMENSION);
        return new Found(dimension, parts, false, sure);
    }

    private static Found chinese(Compiled compiled, Matcher matcher) {
        Dimension dimension = compiled.dimension();
        List<String> words = pieces(matcher.group(), compiled.piece());
        boolean within = words.getFirst().startsWith("在");
        List<String> said = words.stream()
                .map(word -> (within ? "在" : "") + dimension.zh().say(word.replaceFirst("^在", "")))
                .toList();
        boolean versions = words.stream().allMatch(word -> word.matches(".*(?:版本?|款)$"));
        boolean sure = dimension.alone() && said.size() >= 3 || versions;
        return new Found(dimension, new Parts(Span.of(matcher), said, Source.DIMENSION), false, sure);
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

    private static List<String> pieces(String list, Pattern piece) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = piece.matcher(list);
        int from = 0;
        while (from < list.length() && matcher.find(from) && matcher.start() == from) {
            pieces.add(matcher.group("item").strip());
            from = matcher.end();
        }
        return pieces;
    }
}
