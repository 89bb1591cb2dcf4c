package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import dev.atelier.prompt.rules.DimensionReader.Found;
import dev.atelier.prompt.rules.Parts.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings counts, lists and dimensions together: how many pictures, and how the prompt reads in each. */
final class SeriesReader {
    /** "in red, dark blue and green versions". */
    private static final Pattern VARIANTS = Words.pattern(
            "\\bin (?<list>[\\p{L}-]+(?: [\\p{L}-]+)?(?:, [\\p{L}-]+(?: [\\p{L}-]+)?){0,14},? (?:and|&) [\\p{L}-]+(?:"
                    + " [\\p{L}-]+)?) {variant-noun}\\b");

    /** 水彩、油画、素描 before 三种风格. */
    private static final Pattern CHINESE_VARIANTS =
            Words.pattern("(?:用|以)?(?<list>[^，。；：、\\s]{1,8}(?:、[^，。；：、\\s]{1,8}){1,14})$");

    /** "A fox sleeps. " and "All in watercolor." of the last part. */
    private static final Pattern COMMON_TAIL = Words.pattern("(?s)^(?<item>.{0,400}?[.。;；]\\s*)"
            + "(?<tail>[^.。]{0,400}(?:{style-word}|{zh-style-word})[^.。]{0,400}[.。]?\\s*)$");

    /** 布艺版、皮革版、丝绒版. */
    private static final Pattern CHINESE_VERSIONS =
            Words.pattern("(?<![^，。；：、\\s])[^，。；：、和与\\s]{1,6}?(?<kind>{zh-version})"
                    + "(?:[、和与][^，。；：、和与\\s]{1,6}?\\k<kind>){1,14}+(?=$|[，。；])");

    /** An item that says by itself how it belongs to the picture: "in a forest", "side view", 水彩风格. */
    private static final Pattern COMPLETE = Words.pattern(
            "(?i)^(?:in|at|on|as|with|from|under|by|wearing|a|an|the)\\s|(?:view|expression|style|stage|风格|表情)$");

    private static final int MAX_LIST = 140;
    private static final int MAX_ITEM = 400;

    private final MaskedText text;
    private final int references;
    private final int limit;
    private final List<CountMention> mentions;
    private final boolean each;
    private final boolean sheet;

    private SeriesReader(MaskedText text, int references, int limit) {
        this.text = text;
        this.references = references;
        this.limit = limit;
        this.sheet = SheetReader.sheet(text);
        this.mentions = new ArrayList<>(EnglishCounts.find(text, references));
        ChineseCounts.find(text, references).stream()
                .filter(mention ->
                        mentions.stream().noneMatch(other -> other.span().overlaps(mention.span())))
                .forEach(mentions::add);
        if (sheet) {
            mentions.removeIf(mention -> mention.kind() != Kind.PICTURES && mention.kind() != Kind.EACH
                    || !mention.noun().isEmpty() && mention.span().start() > 0);
        }
        this.each = mentions.stream().anyMatch(mention -> mention.kind() == Kind.EACH);
    }

    /**
     * @param text with quoted text and references hidden
     * @param references how many references the request has
     * @param limit of pictures; vague wishes are met within it, clear ones are cut to it
     */
    static Series read(MaskedText text, int references, int limit) {
        return SheetReader.onePicture(text) ? Series.single() : new SeriesReader(text, references, limit).read();
    }

    private Series read() {
        Optional<Parts> ones = MarkedLists.oneAndOne(text);
        if (ones.isPresent()) {
            mentions.removeIf(mention -> mention.span().overlaps(ones.get().span()) || mention.count() == 1);
            return withParts(ones.get());
        }
        Optional<CountMention> exact =
                mentions.stream().filter(mention -> !mention.vague()).findFirst();
        int count = exact.map(CountMention::count).orElse(0);
        if (count == 1 && !each) {
            return Series.single();
        }
        boolean many = !mentions.isEmpty();
        Optional<Parts> parts = parts(count == 1 ? 0 : count, many);
        int pictures = parts.map(Parts::size).orElse(count);
        if (pictures < 2
                && many
                && mentions.stream().anyMatch(mention -> mention.kind() != Kind.EACH && mention.kind() != Kind.LIST)) {
            pictures = Math.min(limit, mentions.getFirst().count());
        }
        if (pictures < 2) {
            return Series.single();
        }
        return parts.isPresent() ? withParts(parts.get()) : withoutParts(pictures);
    }

    private Optional<Parts> parts(int count, boolean many) {
        Optional<Parts> marked = sheet && !many ? Optional.empty() : MarkedLists.marked(text);
        if (marked.isPresent()) {
            return marked;
        }
        Optional<Parts> dimension = dimension(count, many);
        if (dimension.isPresent()) {
            return dimension;
        }
        Optional<Parts> parts = Optional.empty();
        if (count > 0 || many) {
            parts = ListReader.told(text, count).or(() -> ListReader.listed(text, count));
        } else if (!sheet) {
            parts = ListReader.semicolons(text).or(() -> references == 0 ? ListReader.told(text, 0) : Optional.empty());
        }
        if (parts.isEmpty() && count > 0) {
            parts = ListReader.prepositional(text, count).or(() -> beforeKinds(count));
        }
        if (parts.isEmpty() && each) {
            parts = wholeDimension().or(() -> ListReader.respectively(text)).or(() -> subjects(count));
        }
        return parts.isPresent() || sheet
                ? parts
                : variants().or(this::chineseVariants).or(() -> ListReader.included(text));
    }

    private Optional<Parts> dimension(int count, boolean many) {
        for (Found found : DimensionReader.find(text)) {
            int size = found.parts().size();
            boolean fits;
            if (count > 0) {
                fits = size == count || found.whole();
            } else if (sheet) {
                fits = false;
            } else {
                fits = found.sure() || many && (!found.whole() || each) && (size >= 3 || each);
            }
            if (fits) {
                return Optional.of(count > 0 && size != count ? spread(found.parts(), count) : found.parts());
            }
        }
        return Optional.empty();
    }

    private static Parts spread(Parts parts, int count) {
        List<String> spread = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            spread.add(parts.texts().get(k * parts.size() / count));
        }
        return new Parts(parts.span(), spread, parts.source());
    }

    /** The list right before "三种风格": 水彩、油画、素描三种风格. */
    private Optional<Parts> beforeKinds(int count) {
        for (CountMention mention : mentions) {
            int end = mention.span().start();
            Matcher matcher = CHINESE_VARIANTS.matcher(text.visible()).region(Math.max(0, end - MAX_LIST), end);
            if (!mention.noun().isEmpty() && matcher.find()) {
                Optional<Dimension> dimension = dimensionOf(mention.noun());
                Span list = new Span(matcher.start("list"), matcher.end("list"));
                List<String> words = List.of(text.original(list).split("、"));
                if (words.size() == count) {
                    List<String> said = words.stream()
                            .map(word -> dimension.map(d -> d.zh().say(word)).orElse(word))
                            .toList();
                    return Optional.of(new Parts(list, said, Source.DIMENSION));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Parts> variants() {
        Matcher matcher = VARIANTS.matcher(text.visible());
        if (!matcher.find()) {
            return Optional.empty();
        }
        Span list = new Span(matcher.start("list"), matcher.end("list"));
        List<String> words = List.of(text.original(list).split(",\\s*(?:and\\s+)?|\\s+(?:and|&)\\s+"));
        return Optional.of(new Parts(new Span(list.start(), matcher.end()), words, Source.DIMENSION));
    }

    /** 布艺版、皮革版、丝绒版: items of one kind side by side. */
    private Optional<Parts> chineseVariants() {
        Matcher matcher = CHINESE_VERSIONS.matcher(text.visible());
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(new Parts(
                Span.of(matcher), List.of(text.original(Span.of(matcher)).split("、|和|与")), Source.DIMENSION));
    }

    /** One picture for each value of what is counted: "one picture per season". */
    private Optional<Parts> wholeDimension() {
        for (CountMention mention : mentions) {
            List<String> values = mention.kind() == Kind.EACH && !mention.noun().isEmpty()
                    ? Dimension.ALL.stream()
                            .filter(dimension ->
                                    dimension.counts(mention.noun()) || dimension.counts(mention.noun() + "s"))
                            .findFirst()
                            .map(dimension -> dimension.language(text.chinese()).all())
                            .orElse(List.of())
                    : List.of();
            if (values.size() > 1) {
                int end = text.visible().length();
                while (end > 0 && " .。!！?？".indexOf(text.visible().charAt(end - 1)) >= 0) {
                    end--;
                }
                return Optional.of(new Parts(new Span(end, end), values, Source.LISTED));
            }
        }
        return Optional.empty();
    }

    private Optional<Parts> subjects(int count) {
        CountMention mention = mentions.stream()
                .filter(candidate -> candidate.kind() == Kind.EACH)
                .findFirst()
                .orElseThrow();
        String visible = text.visible();
        boolean after = text.clauseStart(mention.span().start())
                                == mention.span().start()
                        && mention.span().end() < visible.length()
                        && !visible.substring(mention.span().end()).matches("\\s*[.。!！]?\\s*")
                || visible.substring(mention.span().start(), mention.span().end())
                        .matches("(?s).*(?:分别|separate|individual).*(?:of|for|showing|分别.*)");
        Span span = after
                ? new Span(mention.span().end(), sentenceEnd(mention.span().end()))
                : new Span(sentenceStart(mention.span().start()), mention.span().start());
        return ListReader.subjects(text, span, count);
    }

    private int sentenceEnd(int from) {
        int end = from;
        while (end < text.visible().length()
                && ".。!！?？;；\n:：".indexOf(text.visible().charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private int sentenceStart(int at) {
        int start = at;
        while (start > 0 && ".。!！?？;；\n:：".indexOf(text.visible().charAt(start - 1)) < 0) {
            start--;
        }
        return start;
    }

    private Series withParts(Parts parts) {
        int count = Math.min(limit, parts.size());
        List<Edit> edits = new ArrayList<>();
        mentions.stream()
                .filter(mention -> !mention.span().overlaps(parts.span()))
                .forEach(mention -> edits.add(Edit.replace(mention.span(), mention.replacement())));
        List<String> texts = decorated(parts, count);
        Span span = new Span(joint(parts), parts.span().end());
        edits.add(new Edit(span, joined(parts, texts, edits)));
        return new Series(count, parts.size(), edits, texts, reason(parts, count));
    }

    private String reason(Parts parts, int count) {
        String what = switch (parts.source()) {
            case MARKED -> "a numbered list";
            case LISTED -> "a list";
            case SUBJECTS -> "things to be drawn one by one";
            case DIMENSION -> "\"" + shorten(text.original(parts.span()).strip()) + "\"";
        };
        return count + " pictures: the prompt has " + what
                + (count < parts.size() ? " of " + parts.size() + ", cut to what is allowed" : "");
    }

    /** The texts of the first {@code count} parts, each with what it needs of the others. */
    private List<String> decorated(Parts parts, int count) {
        List<String> texts = parts.texts().subList(0, count);
        if (parts.source() == Source.MARKED) {
            return SubjectCarrier.carry(withCommonTail(texts, parts.texts().getLast()));
        }
        if (parts.source() != Source.LISTED) {
            return texts;
        }
        Optional<Dimension> dimension = mentions.stream()
                .filter(mention -> !mention.noun().isEmpty())
                .findFirst()
                .flatMap(mention -> dimensionOf(mention.noun()));
        if (dimension.isPresent()) {
            return texts.stream()
                    .map(item -> COMPLETE.matcher(item).find()
                            ? item
                            : dimension
                                    .get()
                                    .language(MaskedText.of(item).chinese())
                                    .say(item))
                    .toList();
        }
        return SubjectCarrier.carry(texts);
    }

    /** A sentence about style at the end of the last part belongs to every shot. */
    private static List<String> withCommonTail(List<String> items, String last) {
        Matcher matcher = COMMON_TAIL.matcher(last);
        if (last.length() > MAX_ITEM || !matcher.matches()) {
            return items;
        }
        String tail = matcher.group("tail").strip();
        List<String> shared = new ArrayList<>();
        for (String item : items) {
            shared.add(item.equals(last) ? matcher.group("item").strip() + " " + tail : item + ". " + tail);
        }
        return shared;
    }

    /** Where the parts join what stands before them: a colon or full stop in between goes away. */
    private int joint(Parts parts) {
        int joint = parts.span().start();
        while (joint > 0 && Character.isWhitespace(text.visible().charAt(joint - 1))) {
            joint--;
        }
        boolean mark = joint > 0 && ":：.。—-".indexOf(text.visible().charAt(joint - 1)) >= 0;
        return mark ? joint - 1 : parts.span().start();
    }

    private List<String> joined(Parts parts, List<String> texts, List<Edit> edits) {
        boolean inPlace = joint(parts) == parts.span().start();
        if (parts.source() == Source.DIMENSION && inPlace) {
            return texts;
        }
        String before = text.visible().substring(0, joint(parts));
        boolean chinese = MaskedText.of(texts.getFirst()).chinese();
        boolean onlyMedium = edits.stream()
                .anyMatch(edit -> edit.span().start() <= leadingBlanks(before)
                        && edit.span().end() >= before.stripTrailing().length()
                        && !edit.texts().getFirst().isBlank());
        String join;
        if (parts.source() == Source.SUBJECTS) {
            join = before.isBlank() || before.endsWith(" ") ? "" : " ";
        } else if (onlyMedium && !chinese) {
            join = " of ";
        } else {
            join = chinese ? "，" : ", ";
        }
        return texts.stream().map(item -> join + item).toList();
    }

    private static int leadingBlanks(String before) {
        return before.length() - before.stripLeading().length();
    }

    private Series withoutParts(int pictures) {
        int count = Math.min(limit, pictures);
        List<Edit> edits = new ArrayList<>();
        mentions.forEach(mention -> edits.add(Edit.replace(mention.span(), mention.replacement())));
        CountMention main = mentions.getFirst();
        boolean chinese = text.chinese();
        List<String> differing = mentions.stream()
                .filter(mention -> !mention.noun().isEmpty())
                .findFirst()
                .flatMap(mention -> dimensionOf(mention.noun()))
                .map(dimension -> dimension.language(chinese).parts(count))
                .orElse(List.of());
        if (differing.isEmpty() && mentions.stream().anyMatch(CountMention::story)) {
            differing = story(count, chinese);
        }
        if (!differing.isEmpty()) {
            int end = text.visible().length();
            while (end > 0 && " .。!！?？".indexOf(text.visible().charAt(end - 1)) >= 0) {
                end--;
            }
            String join = chinese ? "，" : ", ";
            edits.add(new Edit(
                    new Span(end, end),
                    differing.stream().map(part -> join + part).toList()));
        }
        String words = shorten(text.original(main.span()).strip());
        return new Series(
                count,
                pictures,
                edits,
                differing,
                count + " pictures: \"" + words + "\""
                        + (count < pictures ? " asks for " + pictures + ", cut to what is allowed" : ""));
    }

    private static List<String> story(int count, boolean chinese) {
        return Dimension.ALL.stream()
                .filter(dimension -> dimension.name().equals("part"))
                .findFirst()
                .map(dimension -> dimension.language(chinese).parts(count))
                .orElse(List.of());
    }

    private static Optional<Dimension> dimensionOf(String noun) {
        return Dimension.ALL.stream()
                .filter(dimension -> dimension.counts(noun))
                .findFirst();
    }

    private static String shorten(String words) {
        return words.length() <= 60 ? words : words.substring(0, 57) + "…";
    }
}
