package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.Parts.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds lists of what the pictures show: after a colon, in brackets, or told as first, then, finally. */
final class ListReader {
    /** How far before "including" the set of designs is looked for. */
    private static final int MAX_DESIGNS = 260;

    /** How many colons and brackets are looked behind; a prompt with more of them is no list. */
    private static final int MAX_OPENINGS = 12;

    private static final Pattern SENTENCE_END = Words.pattern("[。！？!?\\n]|\\.(?!\\d)");

    /** ": ", " - ", 分别是. */
    private static final Pattern OPENING =
            Words.pattern("[:：](?!(?<=\\d[:：])\\d)|[(（—–]|\\s-\\s|，?[\\p{IsHan}]{0,4}分别(?:是|为)?");

    /** ", including cups, bags and a sign", 包括…. */
    private static final Pattern INCLUDING = Words.pattern(
            "(?<join>,?\\s*\\b(?:including|such as|namely|consisting of|comprising)\\s+)(?<list>[^.;:!?\\n]{1,400})"
                    + "|(?<join2>[，,]?(?:包括|包含|涵盖|分别是|含有))(?<list2>[^。；:：！？\\n]{1,400})");

    /** "brand identity set for a cafe" before it. */
    private static final Pattern DESIGNS_BEFORE =
            Words.pattern("(?:\\b{design-noun}s?\\b[^.]{0,100}?\\b(?:set|series|suite|pack|collection|system)\\b"
                    + "|\\b(?:set|series|suite|pack|collection) of (?:[\\p{L}-]+ ){0,2}(?:designs|visuals|images|pictures|illustrations|mock-?ups|assets)\\b)"
                    + "[^.;]{0,120}$");

    /** 一套品牌设计 before it. */
    private static final Pattern CHINESE_DESIGNS_BEFORE =
            Words.pattern("(?:一套|一组|整套|全套|系列)[^。；]{0,40}?{zh-design}[^。；]{0,80}$");

    /** "first, ", "and then ", 然后. */
    private static final Pattern STORY_MARK =
            Words.pattern("(?:^|[\\s,.;:，。；：])(?:and\\s+)?(?:{told-part}|{zh-told-part})[,，]?\\s*");

    private static final Pattern STORY_BEGIN = Words.pattern("{begin-told}|{zh-begin-told}");

    /** "at the beach, in a forest and in the city". */
    private static final Pattern PREPOSITIONAL = Words.pattern(
            "(?<=\\s)(?:{place-word}\\s[^,.;:]{2,60},\\s*){1,14}(?:and\\s+)?{place-word}\\s[^,.;:]{2,60}?(?=$|[,.;:])");

    /** 海边、雪山、沙漠 in 分别放到海边、雪山、沙漠. */
    private static final Pattern RESPECTIVELY =
            Words.pattern("分别(?:{zh-goes-on})?(?<list>[^，。；：、\\s]{1,12}(?:、[^，。；：、\\s]{1,12}){1,14})(?=$|[，。；！])");

    private static final Pattern LEADING =
            Words.pattern("^(?:and|or|then|finally|lastly|以及|还有|(?:和|与)(?![平面服尚谐田牛风式会好解睦暖煦])|最后|然后)\\s*");

    /** Where the others go on from the first item: "a mug in [white, black]", 放到[巴黎、东京]. */
    private static final Pattern GOES_ON = Words.pattern(
            "(?i)(?<=\\s)(?<word>{goes-on})\\s+(?:the\\s+)?|(?<=\\p{IsHan})(?<!^)(?<word2>{zh-goes-on})(?=\\p{IsHan})");

    private static final Pattern DETERMINED = Words.pattern("^(?:an?|the|one|my|our|some|two|three|four|five|\\d)\\s.");
    private static final Pattern AND_SO_ON = Words.pattern("(?:\\s*(?:etc\\.?|and so on|and more)|等等?.{0,400})$");
    private static final Pattern EDGES = Words.pattern("^[,，;；:：、\\s]+|[,，;；。.、\\s]+$");
    private static final Pattern LAST_AND = Words.pattern("(?<=\\S)(?:\\s+(?:and|&)\\s+|以及|和|与|及)(?=\\S)");
    private static final Pattern TWO_HAN = Words.pattern("\\p{IsHan}{2}");
    private static final List<Pattern> SEPARATORS = Stream.of("[;；]", "\\s/\\s|\\s?(?:→|->|\\|)\\s?", "、")
            .map(Words::pattern)
            .toList();
    private static final Pattern ENUMERATION = SEPARATORS.getLast();
    private static final Pattern COMMA = Words.pattern("[,，]");

    private ListReader() {}

    /**
     * A list after a colon or dash or in brackets.
     *
     * @param count how many items it must have; 0: two or more
     */
    static Optional<Parts> listed(MaskedText text, int count) {
        String visible = text.visible();
        Matcher matcher = OPENING.matcher(visible);
        for (int tried = 0; tried < MAX_OPENINGS && matcher.find(); tried++) {
            int start = matcher.end();
            if (matcher.group().contains("分别") && count == 0) {
                continue;
            }
            boolean bracket = "(（".contains(matcher.group());
            int end = bracket ? closing(visible, start) : sentenceEnd(visible, start);
            Optional<Parts> parts = split(
                    text,
                    new Span(matcher.start(), bracket ? Math.min(end + 1, visible.length()) : end),
                    new Span(start, end),
                    count);
            if (parts.isPresent()) {
                return parts;
            }
        }
        return Optional.empty();
    }

    /** A list after a colon whose items are kept apart by semicolons, three or more. */
    static Optional<Parts> semicolons(MaskedText text) {
        return listed(text, 0)
                .filter(parts ->
                        parts.size() >= 3 && text.original(parts.span()).split("[;；]").length == parts.size());
    }

    /** What a set of designs is made of: "a brand design set …, including bags, hats and cards"; two or more. */
    static Optional<Parts> included(MaskedText text) {
        Matcher matcher = INCLUDING.matcher(text.visible());
        for (int tried = 0; tried < MAX_OPENINGS && matcher.find(); tried++) {
            boolean english = matcher.group("list") != null;
            Pattern before = english ? DESIGNS_BEFORE : CHINESE_DESIGNS_BEFORE;
            int from = Math.max(0, matcher.start() - MAX_DESIGNS);
            if (before.matcher(text.visible()).region(from, matcher.start()).find()) {
                return included(text, matcher, english ? "" : "2");
            }
        }
        return Optional.empty();
    }

    private static Optional<Parts> included(MaskedText text, Matcher matcher, String chinese) {
        Span list = new Span(matcher.start("list" + chinese), matcher.end("list" + chinese));
        List<String> items = commas(text.original(list), 0).stream()
                .map(item -> AND_SO_ON.matcher(item).replaceFirst(""))
                .filter(item -> !item.isBlank())
                .toList();
        return items.size() < 2
                ? Optional.empty()
                : Optional.of(new Parts(new Span(matcher.start("join" + chinese), list.end()), items, Source.LISTED));
    }

    /** "First …, then …, finally …" with {@code count} items; 0: three or more. */
    static Optional<Parts> told(MaskedText text, int count) {
        Matcher matcher = STORY_MARK.matcher(text.visible());
        List<Span> marks = new ArrayList<>();
        while (matcher.find()) {
            marks.add(Span.of(matcher));
        }
        boolean begun = !marks.isEmpty()
                && STORY_BEGIN
                        .matcher(text.visible()
                                .substring(
                                        marks.getFirst().start(),
                                        marks.getFirst().end()))
                        .find();
        if (!begun || marks.size() < 2 || count > 0 && marks.size() != count || count == 0 && marks.size() < 3) {
            return Optional.empty();
        }
        return Optional.of(MarkedLists.between(text, marks, text.visible().length()));
    }

    /** {@code count} phrases that each begin with a preposition: "at the beach, in a forest, in the city". */
    static Optional<Parts> prepositional(MaskedText text, int count) {
        Matcher matcher = PREPOSITIONAL.matcher(text.visible());
        while (matcher.find()) {
            List<String> items = commas(text.original(Span.of(matcher)), count);
            if (items.size() == count) {
                return Optional.of(new Parts(Span.of(matcher), items, Source.LISTED));
            }
        }
        return Optional.empty();
    }

    /** 分别放到海边、雪山和沙漠. */
    static Optional<Parts> respectively(MaskedText text) {
        Matcher matcher = RESPECTIVELY.matcher(text.visible());
        if (!matcher.find()) {
            return Optional.empty();
        }
        Span list = new Span(matcher.start("list"), matcher.end("list"));
        return Optional.of(new Parts(list, commas(text.original(list), 0), Source.DIMENSION));
    }

    /** Things between {@code start} and {@code end} that are each to be drawn alone; two or more. */
    static Optional<Parts> subjects(MaskedText text, Span span, int count) {
        String words = text.original(span);
        List<String> items = commas(words, 0);
        if (count > 0 && items.size() != count) {
            return items.stream()
                    .filter(item -> item.length() == count && item.matches("\\p{IsHan}+"))
                    .findFirst()
                    .map(item -> {
                        int start = span.start() + words.indexOf(item);
                        return new Parts(new Span(start, start + count), List.of(item.split("")), Source.SUBJECTS);
                    });
        }
        List<String> begun = begun(items);
        if (!begun.equals(items)) {
            return Optional.of(new Parts(span, begun, Source.SUBJECTS));
        }
        if (items.size() >= 2 && DETERMINED.matcher(items.getFirst()).find()) {
            int kept = 0;
            while (kept < items.size() && DETERMINED.matcher(items.get(kept)).find()) {
                kept++;
            }
            if (kept >= 2 && kept < items.size()) {
                int end = span.start()
                        + words.indexOf(items.get(kept - 1))
                        + items.get(kept - 1).length();
                return Optional.of(new Parts(new Span(span.start(), end), items.subList(0, kept), Source.SUBJECTS));
            }
        }
        return items.size() < 2 ? Optional.empty() : Optional.of(new Parts(span, items, Source.SUBJECTS));
    }

    /** The items with the first one's beginning, where the others go on from it: "a mug in white, in black", "her in Rome, Paris". */
    static List<String> begun(List<String> items) {
        if (items.size() < 2) {
            return items;
        }
        int same = alikeFrom(items);
        if (same > 0) {
            String beginning = items.getFirst().substring(0, same);
            return Stream.concat(
                            Stream.of(items.getFirst()), items.stream().skip(1).map(item -> beginning + item))
                    .toList();
        }
        Matcher first = GOES_ON.matcher(items.getFirst());
        List<String> others = items.subList(1, items.size());
        int length = 0;
        while (first.find()) {
            String word = (first.group("word") == null ? first.group("word2") : first.group("word"))
                    .toLowerCase(java.util.Locale.ROOT);
            boolean repeated = others.stream()
                    .allMatch(item -> item.toLowerCase(java.util.Locale.ROOT).startsWith(word + " "));
            boolean bare = others.stream()
                            .noneMatch(item -> DETERMINED.matcher(item).find()
                                    || GOES_ON.matcher(" " + item).find())
                    && others.stream().allMatch(item -> item.split("\\s+").length <= 3 && item.length() <= 24);
            if (repeated) {
                length = first.start();
                break;
            }
            if (bare) {
                length = first.end();
            }
        }
        if (length == 0) {
            return items;
        }
        String beginning = items.getFirst().substring(0, length);
        List<String> begun = new ArrayList<>(List.of(items.getFirst()));
        others.forEach(item -> begun.add(beginning + item));
        return begun;
    }

    /** Where in the first item the two characters stand with which all others begin: 厨房装修前, 装修后; 0: nowhere. */
    private static int alikeFrom(List<String> items) {
        String start = items.get(1).substring(0, Math.min(2, items.get(1).length()));
        boolean all =
                TWO_HAN.matcher(start).matches() && items.stream().skip(1).allMatch(item -> item.startsWith(start));
        return all ? Math.max(0, items.getFirst().indexOf(start)) : 0;
    }

    private static Optional<Parts> split(MaskedText text, Span whole, Span body, int count) {
        String words = text.original(body);
        String visible = text.visible().substring(body.start(), body.end());
        for (Pattern separator : SEPARATORS) {
            if (separator.split(visible).length >= 2) {
                List<String> items = new ArrayList<>();
                Arrays.stream(splitAt(words, visible, separator))
                        .map(ListReader::trim)
                        .forEach(items::add);
                if (count > 0 && items.size() == count - 1) {
                    splitLast(items);
                }
                if (fits(items, count)) {
                    return Optional.of(
                            new Parts(whole, separator == ENUMERATION ? shared(items) : items, Source.LISTED));
                }
            }
        }
        List<String> items = commas(words, visible, count);
        return fits(items, count) ? Optional.of(new Parts(whole, items, Source.LISTED)) : Optional.empty();
    }

    private static String[] splitAt(String words, String visible, Pattern separator) {
        List<String> items = new ArrayList<>();
        Matcher matcher = separator.matcher(visible);
        int from = 0;
        while (matcher.find()) {
            items.add(words.substring(from, matcher.start()));
            from = matcher.end();
        }
        items.add(words.substring(from));
        return items.stream().filter(item -> !item.isBlank()).toArray(String[]::new);
    }

    /** What stands before the first item or behind the last one, with a comma between, belongs to all: 香水瓶，白底、木桌、水面. */
    private static List<String> shared(List<String> items) {
        int head = items.getFirst().lastIndexOf('，') + 1;
        int mark = items.getLast().indexOf('，');
        String before = items.getFirst().substring(0, head);
        String after = mark < 0 ? "" : items.getLast().substring(mark);
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i);
            String own = item.substring(i == 0 ? head : 0, i == items.size() - 1 && mark >= 0 ? mark : item.length());
            shared.add(before + own + after);
        }
        return shared;
    }

    private static boolean fits(List<String> items, int count) {
        return items.stream().noneMatch(String::isBlank) && (count == 0 ? items.size() >= 2 : items.size() == count);
    }

    private static List<String> commas(String words, int count) {
        return commas(words, MaskedText.of(words).visible(), count);
    }

    private static List<String> commas(String words, String masked, int count) {
        Pattern separator = masked.contains("、") ? ENUMERATION : COMMA;
        List<String> items = new ArrayList<>();
        Arrays.stream(splitAt(words, masked, separator))
                .map(ListReader::trim)
                .filter(item -> !item.isEmpty())
                .forEach(items::add);
        boolean short1 = count > 0 && items.size() == count - 1;
        if (!items.isEmpty() && (short1 || count == 0)) {
            splitLast(items);
        }
        return items;
    }

    /** Parts the last item at its "and" or 和. */
    private static void splitLast(List<String> items) {
        String last = items.getLast();
        Matcher and = LAST_AND.matcher(MaskedText.of(last).visible());
        if (and.find()) {
            items.removeLast();
            items.add(trim(last.substring(0, and.start())));
            items.add(trim(last.substring(and.end())));
        }
    }

    static String trim(String item) {
        String words = EDGES.matcher(item.strip()).replaceAll("");
        return LEADING.matcher(words).replaceFirst("").strip();
    }

    private static int closing(String visible, int start) {
        int end = start;
        while (end < visible.length() && ")）".indexOf(visible.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static int sentenceEnd(String visible, int start) {
        Matcher end = SENTENCE_END.matcher(visible);
        return end.find(start) ? end.start() : visible.length();
    }
}
