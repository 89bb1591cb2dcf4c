package dev.atelier.prompt.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds which references a text addresses: "image 1", "the second photo", "图2", "第一张图片", "images 1-3". */
final class ReferenceReader {
    private static final String ONE = "(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)";
    private static final String JOIN =
            "(?:\\s*(?:,|and|&|\\+|,\\s*and|or|to|through|-|–)\\s*(?:(?:image|picture|photo)\\s+)?#?)";
    private static final String ZH_ONE = "(?:\\d{1,2}|[一二三四五六七八九十]{1,2})";
    private static final String ZH_NOUN = "(?:参考)?(?:图片?|照片)";

    /** "image 1", "photos 2 and 3", but not "image 1 and two photos". */
    private static final Pattern NUMBERED = Words.pattern(
            "[@\\[<]?\\b{reference-noun}\\s*(?:no\\.?\\s*|number\\s+|#\\s*)?(?<list>" + ONE + "(?:" + JOIN + ONE
                    + "(?!\\s+(?:different\\s+)?(?:photos|images|pictures|panels|versions|variations|shots|poses|scenes|illustrations))){0,14})\\b(?!\\.\\d)[\\]>]?");

    /** "the second photo", "the first and last picture". */
    private static final Pattern ORDINAL = Words.pattern(
            "\\b(?<list>(?:{ordinal}|[1-6](?:st|nd|rd|th)|last)(?:(?:\\s*,\\s*|\\s*,?\\s*and\\s+)(?:the\\s+)?(?:{ordinal}|[1-6](?:st|nd|rd|th)|last)){0,14})\\s+{reference-noun}\\b");

    /** "the dress of the second". */
    private static final Pattern BARE_ORDINAL = Words.pattern(
            "\\b(?:of|from|in|on|with|onto|into|to|by) the (?<list>{ordinal}|[1-6](?:st|nd|rd|th)|other)(?: one)?(?=$|[\\s,.;:!?]{0,9}$|[,.;:!?]| and\\b)");

    /** 图1和图2. */
    private static final Pattern CHINESE = Words.pattern("{zh-reference-noun}\\s*(?<list>" + ZH_ONE
            + "(?:\\s*(?:、|,|，|和|与|及|跟|到|至|-|~|～)\\s*(?:(?:图片?|照片|参考图)\\s*)?" + ZH_ONE + "){0,14})(?![\\d张幅个])");

    /** 第二张图片. */
    private static final Pattern CHINESE_ORDINAL =
            Words.pattern("(?:第(?<list>" + ZH_ONE + ")|(?<last>最后一))(?:张|幅|个|副)(?:参考)?(?:图片?|照片|参考图|相片|画|图像)?");

    /** "the last two images", 前两张图. */
    private static final Pattern GROUP = Words.pattern(
            "\\b(?<end>first|last) (?<list>two|three|four|five|\\d) {reference-noun}\\b|(?<end2>前|后|最后)(?<list2>[两二三四五六\\d])(?:张|幅)(?:"
                    + ZH_NOUN + ")?");

    /** One number of a list, with what joins it to the one before. */
    private static final Pattern NUMBER =
            Words.pattern("(?<join>to|through|-|–|到|至|~|～)?\\s*(?:(?:image|picture|photo|图片?|照片|参考图)\\s*#?)?(?<n>" + ONE
                    + "|[一二三四五六七八九十]{1,2})");

    private ReferenceReader() {}

    /**
     * @param indices of the addressed references, from 0; those that do not exist are left out
     */
    record Mention(Span span, List<Integer> indices) {}

    /** The mentions in {@code text} of {@code references} references, in order of place; none when there are no references. */
    static List<Mention> find(MaskedText text, int references) {
        List<Mention> mentions = new ArrayList<>();
        if (references == 0) {
            return mentions;
        }
        String visible = text.visible();
        for (Pattern pattern : List.of(GROUP, NUMBERED, ORDINAL, BARE_ORDINAL, CHINESE, CHINESE_ORDINAL)) {
            Matcher matcher = pattern.matcher(visible);
            while (matcher.find()) {
                Span span = Span.of(matcher);
                if (mentions.stream().noneMatch(mention -> mention.span().overlaps(span))) {
                    mentions.add(new Mention(span, indices(pattern, matcher, references)));
                }
            }
        }
        mentions.sort(Comparator.comparingInt(mention -> mention.span().start()));
        return mentions;
    }

    /** All indices that {@code mentions} address, rising. */
    static SortedSet<Integer> addressed(List<Mention> mentions) {
        SortedSet<Integer> all = new TreeSet<>();
        mentions.forEach(mention -> all.addAll(mention.indices()));
        return all;
    }

    private static List<Integer> indices(Pattern pattern, Matcher matcher, int references) {
        if (pattern == CHINESE_ORDINAL) {
            int n = matcher.group("last") != null
                    ? references
                    : NumberWords.chinese(matcher.group("list")).value();
            return inRange(List.of(n), references);
        }
        if (pattern == GROUP) {
            boolean english = matcher.group("list") != null;
            int n = english
                    ? NumberWords.english(matcher.group("list")).value()
                    : NumberWords.chinese(matcher.group("list2")).value();
            boolean first = "first".equals(matcher.group("end")) || "前".equals(matcher.group("end2"));
            int from = first ? 1 : references - n + 1;
            return inRange(IntStream.range(from, from + n).boxed().toList(), references);
        }
        String list = matcher.group("list");
        return inRange(
                pattern == ORDINAL || pattern == BARE_ORDINAL ? ordinals(list, references) : numbers(list), references);
    }

    private static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(list);
        while (matcher.find()) {
            String word = matcher.group("n");
            int n = Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.HAN
                    ? NumberWords.chinese(word).value()
                    : NumberWords.english(word.toLowerCase(java.util.Locale.ROOT))
                            .value();
            if (matcher.group("join") != null && !numbers.isEmpty() && n > numbers.getLast()) {
                IntStream.rangeClosed(numbers.getLast() + 1, n).forEach(numbers::add);
            } else {
                numbers.add(n);
            }
        }
        return numbers;
    }

    private static List<Integer> ordinals(String list, int references) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : list.split("[\\s,]+")) {
            int n = NumberWords.ordinal(word);
            if (n > 0) {
                numbers.add(n);
            } else if (Character.isDigit(word.charAt(0))) {
                numbers.add(word.charAt(0) - '0');
            } else if (word.equals("last") || word.equals("other")) {
                numbers.add(references);
            }
        }
        return numbers;
    }

    private static List<Integer> inRange(List<Integer> numbers, int references) {
        return numbers.stream()
                .filter(n -> n >= 1 && n <= references)
                .map(n -> n - 1)
                .distinct()
                .sorted()
                .toList();
    }
}
