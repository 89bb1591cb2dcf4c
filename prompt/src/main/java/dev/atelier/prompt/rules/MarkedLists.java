package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.Parts.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds lists whose items carry a mark: a number, a bullet, the name of a part, "one …, one …". */
final class MarkedLists {
    private static final String N = "(?<n>\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)";
    private static final String ORDINAL = "(?<n>{ordinal}|\\d{1,2}(?:st|nd|rd|th)|last|final)";
    private static final String ZH_N = "(?<n>\\d{1,2}|[一二三四五六七八九十]{1,2})";
    private static final String SAYS = "(?:\\s*[:.)\\-–—=,]\\s*|\\s+(?:shows?|is|has|depicts|where|with)\\b\\s*|\\s+)";
    private static final List<Pattern> MARKERS = Stream.of(
                    // "Panel 1: ", "shot two shows ", "[Day 3] "
                    "[\\[(]?\\b(?:{panel}|no\\.|day)\\s*#?" + N + "\\b[\\])]?" + SAYS,
                    // "scene A: "
                    "\\b{panel}\\s+(?<n>[a-j])\\s*[:.)\\-–—=]\\s*",
                    // "the first one shows "
                    "\\b(?:in |on )?the " + ORDINAL
                            + "\\s+(?:one\\s+)?{panel}?\\s*(?:shows?|is|has|:|,|depicts|where)\\s*:?\\s*",
                    // "First panel: "
                    "(?:(?<=^|[,.;:\\n]\\s{0,2})|(?<=[,.;] and ))(?:in |on )?(?:the )?" + ORDINAL + "\\s+{panel}"
                            + SAYS,
                    // "in the first a seed lies in the sand, in the second "
                    "(?:(?<=^|[,.;:\\n]\\s{0,2})|(?<=[,.;] and ))(?:in|on) the " + ORDINAL + "(?: one| {panel})?,?\\s+",
                    // 第一幕 、第2格：
                    "第" + ZH_N + "{zh-part}\\s*[：:，,是]?\\s*",
                    // 第一张，
                    "第" + ZH_N + "(?:张|幅)(?:图片?|照片|画)?\\s*(?:[：:，,是画]|展示|要|\\s)\\s*",
                    // 镜头1：
                    "{zh-part-first}\\s*" + ZH_N + "(?![\\d\\p{IsLatin}.]?[\\d\\p{IsLatin}])\\s*[：:、.，,是]?\\s*",
                    // "1. ", 一、
                    "(?<![\\w.:第(（\\[【])" + ZH_N + "\\s?[、.．)）：](?!\\d)\\s*",
                    // "(1) ", 【一】
                    "[(（\\[【]\\s?(?<n>\\d{1,2}|[一二三四五六七八九十])\\s?[)）\\]】]\\s*[:：]?\\s*",
                    // "a) "
                    "(?<=^|\\s)[(\\[]?(?<n>[a-j])[)\\]]\\s*",
                    // ①
                    "(?<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])\\s*")
            .map(Words::pattern)
            .toList();

    /** "1 a man fishes 2 a shark bites 3 ": three or more, or they would be counts. */
    private static final Pattern BARE = Words.pattern(
            "(?<=^|[:：,，.。;；\\s])(?<n>\\d{1,2})\\s+(?=(?:an?|the)\\s|(?!{zh-classifier}|{zh-sheet})\\p{IsHan})");

    /** "Opening: ", "Middle: ", 开头：. */
    private static final Pattern NAMED_PART = Words.pattern(
            "(?:(?<=^|[.;,\\n，。；]\\s{0,2})"
                    + "(?:(?<begin>{begin-part})|(?<next>{next-part}))(?: {panel})?(?:\\s*[:：]\\s*|\\s+[-–—]\\s+)"
                    + "|(?<=^|[\\s。；;，,])(?:(?:(?<begin2>{zh-begin-part})|(?<next2>{zh-next-part}))\\s*(?:[:：]|是)|(?:(?<begin3>起)|[承转合])[:：])\\s*)");

    /** "one in rain", "another of a customer", "once in summer", 另一张是. */
    private static final Pattern ONE_AND_ONE = Words.pattern("(?:(?<=^|[,.;:：，。；、]\\s{0,2})|(?<=\\band ))"
            + "(?:once(?=\\s)|(?:one|another|the other|a second|a third)(?:\\s+(?:of them|more))?"
            + "(?:\\s+(?:image|picture|photo|panel|shot|version|drawing|illustration)\\b(?!\\s+(?:per|each|for each|for every))"
            + "|(?=\\s+(?:in|at|on|with|of|as|from|under|by|showing|during|while|for|where)\\b))"
            + "|(?:另|再来?)?一(?:张|幅)(?:图片?|照片|画)?(?:要|是|画|为|展示|拍|用)?(?:的是)?)\\s*(?=\\S)");

    /** 老虎一张，狮子一张. */
    private static final Pattern EACH_ONE = Words.pattern(
            "(?<=^|[：:。，\\s])(?:(?:(?!一[张幅])[^，。；：、:,;\\s]){1,20}+一[张幅][，,、；;\\s]{0,9}+){2,15}+(?=$|[。.]|{zh-common})");

    private static final Pattern AFTER_ONE = Words.pattern("一[张幅][，,、；;\\s]*");
    private static final Pattern LAST_AND = Words.pattern("(?i)[,\\s]+and$");
    private static final Pattern BULLETS = Words.pattern("(?:^|\\n)\\s*[-*•]\\s+");
    private static final String CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮";

    private MarkedLists() {}

    /** A list whose items carry their numbers, from 1 without gaps; at least two items. */
    static Optional<Parts> marked(MaskedText text) {
        return Stream.concat(
                        MARKERS.stream().map(pattern -> numbered(pattern, text)),
                        Stream.of(
                                bullets(text), named(text), numbered(BARE, text).filter(parts -> parts.size() >= 3)))
                .flatMap(Optional::stream)
                .filter(parts -> parts.texts().stream().noneMatch(String::isBlank))
                .max(Comparator.comparingInt(Parts::size));
    }

    private static Optional<Parts> numbered(Pattern pattern, MaskedText text) {
        Matcher matcher = pattern.matcher(text.visible());
        List<Span> marks = new ArrayList<>();
        while (matcher.find()) {
            if (number(matcher.group("n"), marks.size()) == marks.size() + 1) {
                marks.add(Span.of(matcher));
            }
        }
        return marks.size() < 2
                ? Optional.empty()
                : Optional.of(between(text, marks, text.visible().length()));
    }

    /** "Opening: … Middle: … End: …": a first part and at least one that may follow. */
    private static Optional<Parts> named(MaskedText text) {
        Matcher matcher = NAMED_PART.matcher(text.visible());
        List<Span> marks = new ArrayList<>();
        while (matcher.find()) {
            boolean begins = matcher.group("begin") != null
                    || matcher.group("begin2") != null
                    || matcher.group("begin3") != null;
            if (begins == marks.isEmpty()) {
                marks.add(Span.of(matcher));
            }
        }
        return marks.size() < 2
                ? Optional.empty()
                : Optional.of(between(text, marks, text.visible().length()));
    }

    /** "one in rain, one in snow", "once in summer and once in winter", 一张…，一张…; two or more. */
    static Optional<Parts> oneAndOne(MaskedText text) {
        Matcher each = EACH_ONE.matcher(text.visible());
        if (each.find()) {
            List<String> items = Arrays.stream(AFTER_ONE.split(text.original(Span.of(each))))
                    .filter(item -> !item.isBlank())
                    .toList();
            int end = each.end();
            while ("，,、；; ".indexOf(text.visible().charAt(end - 1)) >= 0) {
                end--;
            }
            return items.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Parts(new Span(each.start(), end), ListReader.begun(items), Source.LISTED));
        }
        Matcher matcher = ONE_AND_ONE.matcher(text.visible());
        List<Span> marks = new ArrayList<>();
        while (matcher.find()) {
            marks.add(Span.of(matcher));
        }
        if (marks.size() < 2) {
            return Optional.empty();
        }
        int end = marks.getLast().end();
        while (end < text.visible().length() && ".。;；!\n".indexOf(text.visible().charAt(end)) < 0) {
            end++;
        }
        Parts parts = between(text, marks, end);
        List<String> items = parts.texts().stream()
                .map(item -> LAST_AND.matcher(item).replaceFirst(""))
                .toList();
        return items.stream().anyMatch(String::isBlank)
                ? Optional.empty()
                : Optional.of(new Parts(parts.span(), ListReader.begun(items), Source.LISTED));
    }

    private static int number(String word, int before) {
        int circled = CIRCLED.indexOf(word.charAt(0));
        if (circled >= 0) {
            return circled + 1;
        }
        int ordinal = NumberWords.ordinal(word);
        if (ordinal > 0) {
            return ordinal;
        }
        if (word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= 'j') {
            return word.charAt(0) - 'a' + 1;
        }
        if (word.equals("last") || word.equals("final")) {
            return before + 1;
        }
        boolean english = word.charAt(0) < 128;
        return english
                ? NumberWords.english(word).value()
                : NumberWords.chinese(word).value();
    }

    private static Optional<Parts> bullets(MaskedText text) {
        Matcher matcher = BULLETS.matcher(text.visible());
        List<Span> marks = new ArrayList<>();
        while (matcher.find()) {
            marks.add(Span.of(matcher));
        }
        return marks.size() < 2
                ? Optional.empty()
                : Optional.of(between(text, marks, text.visible().length()));
    }

    static Parts between(MaskedText text, List<Span> marks, int end) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            int next = i + 1 < marks.size() ? marks.get(i + 1).start() : end;
            items.add(ListReader.trim(text.original().substring(marks.get(i).end(), next)));
        }
        return new Parts(new Span(marks.getFirst().start(), end), items, Source.MARKED);
    }
}
