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
    private static final int CI = Pattern.CASE_INSENSITIVE;
    private static final String NOUN = "(?:reference |input |source |attached |uploaded )?"
            + "(?:images?|imgs?|pictures?|pics?|photos?|photographs?|references?|refs?|figures?|figs?\\.?|inputs?)";
    private static final String ORDINALS =
            "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|1st|2nd|3rd|4th|5th|6th";
    private static final List<String> ORDINAL_WORDS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final String ONE = "(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)";
    private static final String JOIN =
            "(?:\\s*(?:,|and|&|\\+|,\\s*and|or|to|through|-|–)\\s*(?:(?:image|picture|photo)\\s+)?#?)";
    private static final Pattern NUMBERED = Pattern.compile(
            "[@\\[<]?\\b" + NOUN + "\\s*(?:no\\.?\\s*|number\\s+|#\\s*)?(?<list>" + ONE + "(?:" + JOIN + ONE
                    + "(?!\\s+(?:different\\s+)?(?:photos|images|pictures|panels|versions|variations|shots|poses|scenes|illustrations)))*)\\b(?!\\.\\d)[\\]>]?",
            CI);
    private static final Pattern ORDINAL = Pattern.compile(
            "\\b(?<list>(?:" + ORDINALS + "|last)(?:(?:\\s*,\\s*|\\s*,?\\s*and\\s+)(?:the\\s+)?(?:" + ORDINALS
                    + "|last))*)\\s+" + NOUN + "\\b",
            CI);
    private static final Pattern BARE_ORDINAL = Pattern.compile(
            "\\b(?:of|from|in|on|with|onto|into|to|by) the (?<list>" + ORDINALS
                    + "|other)(?: one)?(?=$|[\\s,.;:!?]*$|[,.;:!?]| and\\b)",
            CI);
    private static final String ZH_ONE = "(?:\\d{1,2}|[一二三四五六七八九十]{1,2})";
    private static final Pattern CHINESE = Pattern.compile("(?:参考)?(?:图片?|照片|参考图|原图|素材|相片|img|image)\\s*(?<list>"
            + ZH_ONE + "(?:\\s*(?:、|,|，|和|与|及|跟|到|至|-|~|～)\\s*(?:(?:图片?|照片|参考图)\\s*)?" + ZH_ONE + ")*)(?![\\d张幅个])");
    private static final Pattern CHINESE_ORDINAL =
            Pattern.compile("(?:第(?<list>" + ZH_ONE + ")|(?<last>最后一))(?:张|幅|个|副)(?:参考)?(?:图片?|照片|参考图|相片|画|图像)?");
    private static final Pattern GROUP = Pattern.compile(
            "\\b(?<end>first|last) (?<list>two|three|four|five|\\d) " + NOUN
                    + "\\b|(?<end2>前|后|最后)(?<list2>[两二三四五六\\d])(?:张|幅)(?:参考)?(?:图片?|照片)?",
            CI);
    private static final Pattern NUMBER = Pattern.compile(
            "(?<join>to|through|-|–|到|至|~|～)?\\s*(?:(?:image|picture|photo|图片?|照片|参考图)\\s*#?)?(?<n>\\d{1,2}|"
                    + "one|two|three|four|five|six|seven|eight|nine|ten|[一二三四五六七八九十]{1,2})",
            CI);

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
            int n = ORDINAL_WORDS.indexOf(word) + 1;
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
