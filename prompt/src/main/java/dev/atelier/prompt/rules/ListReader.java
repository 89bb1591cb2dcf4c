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

/** Finds lists of what the pictures show: numbered, after a colon, in brackets, or told as first, then, finally. */
final class ListReader {
    private static final String ENGLISH_NUMBER = "(?<n>\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)";
    private static final String CHINESE_NUMBER = "(?<n>\\d{1,2}|[一二三四五六七八九十]{1,2})";
    private static final List<Pattern> MARKERS = List.of(
            Pattern.compile(
                    "\\b(?:shot|panel|scene|frame|image|picture|page|step|part|slide|photo|act|stage|card|no\\.|poster|day|chapter)\\s*#?"
                            + ENGLISH_NUMBER + "\\s*[:.)\\-–—=,]\\s*"),
            Pattern.compile(
                    "\\b(?:in |on )?the (?<n>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\\s+(?:one\\s+)?(?:shot|panel|scene|frame|image|picture|page|part|photo|act)?\\s*(?:shows?|is|has|:|,|depicts|where)\\s*:?\\s*"),
            Pattern.compile("第" + CHINESE_NUMBER + "(?:格|镜头?|个镜头|个画面|个场景|幕|步|帧|个分镜|部分|页|章|集)\\s*[：:，,是]?\\s*"),
            Pattern.compile("第" + CHINESE_NUMBER + "(?:张|幅)(?:图片?|照片|画)?\\s*(?:[：:，,是画]|展示|要)\\s*"),
            Pattern.compile("(?:镜头|分镜|画面|场景|画格|镜|图|步骤|格)\\s*" + CHINESE_NUMBER + "\\s*[：:、.，是]\\s*"),
            Pattern.compile("(?<![\\w.:第])" + CHINESE_NUMBER + "\\s?[、.．)）：](?!\\d)\\s*"),
            Pattern.compile("[(（](?<n>\\d{1,2}|[一二三四五六七八九十])[)）]\\s*"),
            Pattern.compile("(?<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])\\s*"));
    /** How many colons and brackets are looked behind; a prompt with more of them is no list. */
    private static final int MAX_OPENINGS = 12;

    private static final String CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮";
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private static final Pattern BULLETS = Pattern.compile("(?:^|\\n)\\s*[-*•]\\s+");
    private static final Pattern SENTENCE_END = Pattern.compile("[。！？!?\\n]|\\.(?!\\d)");
    private static final Pattern OPENING = Pattern.compile("[:：(（—–]|\\s-\\s|，?[\\p{IsHan}]{0,4}分别(?:是|为)?");
    private static final Pattern INCLUDED = Pattern.compile(
            "(?:\\b(?:design|visual|brand|identity|merch(?:andise)?|stationery|branding|illustration|image|picture|mock-?up|asset|icon)s?\\b[^.]{0,100}?\\b(?:set|series|suite|pack|collection|system)\\b"
                    + "|\\b(?:set|series|suite|pack|collection) of (?:[\\p{L}-]+ ){0,2}(?:designs|visuals|images|pictures|illustrations|mock-?ups|assets)\\b)[^.;]{0,120}?(?<join>,?\\s*\\b(?:including|such as|namely|consisting of|comprising)\\s+)(?<list>[^.;:!?\n]+)"
                    + "|(?:一套|一组|整套|全套|系列)[^。；]{0,40}?(?:设计|视觉|物料|周边|插画|图|包装|海报)[^。；]{0,80}?(?<join2>[，,]?(?:包括|包含|涵盖|分别是|含有))(?<list2>[^。；:：！？\n]+)");
    private static final Pattern STORY_MARK = Pattern.compile(
            "(?:^|[\\s,.;:，。；：])(?:and\\s+)?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|after that|afterwards|finally|lastly|at last|in the end|首先|先是?|然后|接着|随后|再|最后)[,，]?\\s*");
    private static final Pattern PREPOSITIONAL = Pattern.compile(
            "(?<=\\s)(?:(?:in|at|on|under|with|wearing|as|by|during|before|after|inside|near|riding|holding)\\s[^,.;:]{2,60},\\s*){1,14}(?:and\\s+)?(?:in|at|on|under|with|wearing|as|by|during|before|after|inside|near|riding|holding)\\s[^,.;:]{2,60}?(?=$|[,.;:])");
    private static final Pattern LEADING =
            Pattern.compile("^(?:and|or|then|finally|lastly|以及|还有|和|与|最后|然后)\\s*(?![\\w]*ing\\b(?<=x))");
    private static final Pattern DETERMINED =
            Pattern.compile("^(?:an?|the|one|my|our|some|two|three|four|five|\\d)\\s.+");

    private ListReader() {}

    /** A list whose items carry their numbers, from 1 without gaps; at least two items. */
    static Optional<Parts> marked(MaskedText text) {
        return Stream.concat(MARKERS.stream().map(pattern -> numbered(pattern, text)), Stream.of(bullets(text)))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Parts::size));
    }

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
        Matcher matcher = INCLUDED.matcher(text.visible());
        if (!matcher.find()) {
            return Optional.empty();
        }
        String chinese = matcher.group("list") == null ? "2" : "";
        Span list = new Span(matcher.start("list" + chinese), matcher.end("list" + chinese));
        List<String> items = commas(text.original(list), 0).stream()
                .map(item -> item.replaceFirst("(?:\\s*(?:etc\\.?|and so on|and more)|等等?.*)$", ""))
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
        boolean begun = !marks.isEmpty() && text.original(marks.getFirst()).matches("(?is).*(?:first|首先|先).*");
        if (!begun || marks.size() < 2 || count > 0 && marks.size() != count || count == 0 && marks.size() < 3) {
            return Optional.empty();
        }
        return Optional.of(between(text, marks, text.visible().length()));
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

    /** Things between {@code start} and {@code end} that are each to be drawn alone; two or more. */
    static Optional<Parts> subjects(MaskedText text, Span span) {
        String words = text.original(span);
        List<String> items = commas(words, 0);
        if (items.size() >= 2 && DETERMINED.matcher(items.getFirst()).matches()) {
            int kept = 0;
            while (kept < items.size() && DETERMINED.matcher(items.get(kept)).matches()) {
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

    private static int number(String word, int before) {
        int circled = CIRCLED.indexOf(word.charAt(0));
        if (circled >= 0) {
            return circled + 1;
        }
        int ordinal = ORDINALS.indexOf(word);
        if (ordinal >= 0) {
            return ordinal + 1;
        }
        if (word.equals("last")) {
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

    private static Parts between(MaskedText text, List<Span> marks, int end) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            int next = i + 1 < marks.size() ? marks.get(i + 1).start() : end;
            items.add(trim(text.original().substring(marks.get(i).end(), next)));
        }
        return new Parts(new Span(marks.getFirst().start(), end), items, Source.MARKED);
    }

    private static Optional<Parts> split(MaskedText text, Span whole, Span body, int count) {
        String words = text.original(body);
        String visible = text.visible().substring(body.start(), body.end());
        for (String separator : List.of("[;；]", "\\s/\\s|\\s?(?:→|->|\\|)\\s?", "、")) {
            if (visible.split(separator).length >= 2) {
                List<String> items = new ArrayList<>();
                Arrays.stream(splitAt(words, visible, separator))
                        .map(ListReader::trim)
                        .forEach(items::add);
                if (count > 0 && items.size() == count - 1) {
                    splitLast(items);
                }
                if (fits(items, count)) {
                    return Optional.of(new Parts(whole, items, Source.LISTED));
                }
            }
        }
        List<String> items = commas(words, count);
        return fits(items, count) ? Optional.of(new Parts(whole, items, Source.LISTED)) : Optional.empty();
    }

    private static String[] splitAt(String words, String visible, String separator) {
        List<String> items = new ArrayList<>();
        Matcher matcher = Pattern.compile(separator).matcher(visible);
        int from = 0;
        while (matcher.find()) {
            items.add(words.substring(from, matcher.start()));
            from = matcher.end();
        }
        items.add(words.substring(from));
        return items.stream().filter(item -> !item.isBlank()).toArray(String[]::new);
    }

    private static boolean fits(List<String> items, int count) {
        return items.stream().noneMatch(String::isBlank) && (count == 0 ? items.size() >= 2 : items.size() == count);
    }

    private static List<String> commas(String words, int count) {
        String masked = MaskedText.of(words).visible();
        String separator = masked.contains("、") ? "、" : "[,，]";
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
        Matcher and = Pattern.compile("(?<=\\S)(?:\\s+(?:and|&)\\s+|以及|和|与|及)(?=\\S)")
                .matcher(MaskedText.of(last).visible());
        if (and.find()) {
            items.removeLast();
            items.add(trim(last.substring(0, and.start())));
            items.add(trim(last.substring(and.end())));
        }
    }

    private static String trim(String item) {
        String words = item.strip().replaceAll("^[,，;；:：、\\s]+|[,，;；。.、\\s]+$", "");
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
