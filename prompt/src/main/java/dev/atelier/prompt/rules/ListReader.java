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
    private static final String PANEL =
            "(?:shot|panel|scene|frame|image|picture|page|step|part|slide|photo|act|stage|card|poster|chapter|illustration|version|variation|option|variant|pic)";
    private static final String SAYS = "(?:\\s*[:.)\\-–—=,]\\s*|\\s+(?:shows?|is|has|depicts|where|with)\\b\\s*|\\s+)";
    private static final String ENGLISH_ORDINALS =
            "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final";
    private static final List<Pattern> MARKERS = List.of(
            Pattern.compile("[\\[(]?\\b(?:" + PANEL + "|no\\.|day)\\s*#?" + ENGLISH_NUMBER + "\\b[\\])]?" + SAYS),
            Pattern.compile("\\b" + PANEL + "\\s+(?<n>[a-j])\\s*[:.)\\-–—=]\\s*"),
            Pattern.compile("\\b(?:in |on )?the (?<n>" + ENGLISH_ORDINALS + ")\\s+(?:one\\s+)?" + PANEL
                    + "?\\s*(?:shows?|is|has|:|,|depicts|where)\\s*:?\\s*"),
            Pattern.compile("(?:(?<=^|[,.;:\\n]\\s{0,2})|(?<=[,.;] and ))(?:in |on )?(?:the )?(?<n>" + ENGLISH_ORDINALS
                    + ")\\s+" + PANEL + SAYS),
            Pattern.compile("第" + CHINESE_NUMBER + "(?:格|镜头?|个镜头|个画面|个场景|幕|步|帧|个分镜|部分|页|章|集)\\s*[：:，,是]?\\s*"),
            Pattern.compile("第" + CHINESE_NUMBER + "(?:张|幅)(?:图片?|照片|画)?\\s*(?:[：:，,是画]|展示|要|\\s)\\s*"),
            Pattern.compile("(?:镜头|分镜|画面|场景|画格|镜|图|步骤|方案|版本|格)\\s*" + CHINESE_NUMBER
                    + "(?![\\d\\p{IsLatin}.]?[\\d\\p{IsLatin}])\\s*[：:、.，,是]?\\s*"),
            Pattern.compile("(?<![\\w.:第(（\\[【])" + CHINESE_NUMBER + "\\s?[、.．)）：](?!\\d)\\s*"),
            Pattern.compile("[(（\\[【]\\s?(?<n>\\d{1,2}|[一二三四五六七八九十])\\s?[)）\\]】]\\s*[:：]?\\s*"),
            Pattern.compile("(?<=^|\\s)[(\\[]?(?<n>[a-j])[)\\]]\\s*"),
            Pattern.compile("(?<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])\\s*"));
    /** How a story's parts are called, in order: what may begin, what may follow. */
    private static final Pattern NAMED_PART = Pattern.compile(
            "(?:(?<=^|[.;,\\n，。；]\\s{0,2})(?:(?<begin>opening|beginning|start|intro(?:duction)?|set-?up|before|first|now)|(?<next>rising action|development|conflict|middle|midpoint|climax|turning point|"
                    + "then|next|later|after(?:wards)?|second|third|finally|last|end|ending|finale|conclusion|resolution|outro|closing|aftermath)(?: (?:scene|shot|frame|image|panel))?)\\s*[:：]\\s*"
                    + "|(?<=^|[\\s。；;，,])(?:(?<begin2>开头|开场|开端|开始|起因|起初|之前|序幕|起)|(?<next2>经过|发展|中间|过程|高潮|转折|然后|之后|结尾|结局|结果|尾声|最后|承|转|合))\\s*[:：]\\s*)");

    private static final Pattern ONE_AND_ONE = Pattern.compile(
            "(?:(?<=^|[,.;:：，。；、]\\s{0,2})|(?<=\\band ))(?:once(?=\\s)|(?:one|another|the other|a second|a third)(?:\\s+(?:of them|more))?(?:\\s+(?:image|picture|photo|panel|shot|version|drawing|illustration)\\b(?!\\s+(?:per|each|for each|for every))|(?=\\s+(?:in|at|on|with|of|as|from|under|by|showing|during|while|for|where)\\b))"
                    + "|(?:另|再来?)?一(?:张|幅)(?:图片?|照片|画)?(?:要|是|画|为|展示|拍|用)?(?:的是)?)\\s*(?=\\S)");
    private static final Pattern ONCE_BEFORE = Pattern.compile("\\s*\\b(?:,\\s*)?(?:once)\\s+");
    private static final Pattern EACH_ONE =
            Pattern.compile("(?<=^|[：:。\\s])(?:(?:(?!一[张幅])[^，。；：、:,;\\s]){1,20}+一[张幅][，,、；;\\s]*+){2,15}+(?=$|[。.])");
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
            "(?:^|[\\s,.;:，。；：])(?:and\\s+)?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next(?! to\\b)|after that|afterwards|finally|lastly|at last|in the end|首先|先是?|然后|接着|随后|再|最后)[,，]?\\s*");
    private static final Pattern PREPOSITIONAL = Pattern.compile(
            "(?<=\\s)(?:(?:in|at|on|under|with|wearing|as|by|during|before|after|inside|near|riding|holding)\\s[^,.;:]{2,60},\\s*){1,14}(?:and\\s+)?(?:in|at|on|under|with|wearing|as|by|during|before|after|inside|near|riding|holding)\\s[^,.;:]{2,60}?(?=$|[,.;:])");
    private static final Pattern LEADING =
            Pattern.compile("^(?:and|or|then|finally|lastly|以及|还有|(?:和|与)(?![平面服尚谐田牛风式会])|最后|然后)\\s*");
    private static final Pattern GOES_ON = Pattern.compile(
            "(?i)(?<=\\s)(?<word>in|at|on|under|with|wearing|as|by|to|into|near|inside|holding|riding)\\s+(?:the\\s+)?|(?<=\\p{IsHan})(?<!^)(?<word2>放到|放在|换成|变成|改成|搬到|置于|穿上?|戴上?|身处|去)(?=\\p{IsHan})");
    private static final Pattern DETERMINED =
            Pattern.compile("^(?:an?|the|one|my|our|some|two|three|four|five|\\d)\\s.+");

    private ListReader() {}

    /** A list whose items carry their numbers, from 1 without gaps; at least two items. */
    static Optional<Parts> marked(MaskedText text) {
        return Stream.concat(
                        MARKERS.stream().map(pattern -> numbered(pattern, text)), Stream.of(bullets(text), named(text)))
                .flatMap(Optional::stream)
                .filter(parts -> parts.texts().stream().noneMatch(String::isBlank))
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

    /** The items with the first one's beginning, where the others go on from it: "a mug in white, in black", "her in Rome, Paris". */
    private static List<String> begun(List<String> items) {
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
                            .noneMatch(item -> DETERMINED.matcher(item).matches()
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
        boolean all = start.matches("\\p{IsHan}{2}") && items.stream().skip(1).allMatch(item -> item.startsWith(start));
        return all ? Math.max(0, items.getFirst().indexOf(start)) : 0;
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
            boolean begins = matcher.group("begin") != null || matcher.group("begin2") != null;
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
            List<String> items = Arrays.stream(text.original(Span.of(each)).split("一[张幅][，,、；;\\s]*"))
                    .filter(item -> !item.isBlank())
                    .toList();
            return items.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Parts(Span.of(each), begun(items), Source.LISTED));
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
                .map(item -> item.replaceFirst("(?i)[,\\s]+and$", ""))
                .toList();
        return items.stream().anyMatch(String::isBlank)
                ? Optional.empty()
                : Optional.of(new Parts(parts.span(), items, Source.LISTED));
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
                    return Optional.of(new Parts(whole, separator.equals("、") ? shared(items) : items, Source.LISTED));
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
