package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds how many pictures an English prompt asks for, and tells "three images of a cat" from "two cats". */
final class EnglishCounts {
    private static final String ADJECTIVES =
            "(?<adj>(?:\\s+(?!{stop}\\b)(?!{unit}(?![\\w-]))[\\p{L}\\d'-]+){0,4}?)\\s+";
    private static final String NUMBER = "(?<n>{number})";
    private static final String LINK = "(?<link>{link})";
    private static final String END = "(?=\\s*(?:$|[,.:;!?)]))";

    /** "a set of three small red posters of": the sort of noun is told apart by its group. */
    private static final Pattern HEAD = Words.pattern("(?<set>{set-of})?\\b" + NUMBER + ADJECTIVES
            + "(?:(?<plain>{plain})|(?<media>{media})|(?<dim>{dimension}))\\b(?!-)" + LINK);

    /** "4 picture of": a singular after a number. */
    private static final Pattern BROKEN = Words.pattern("\\b" + NUMBER + ADJECTIVES + "(?<media>{singular})(?:" + END
            + "|(?=\\s+(?:of|about|showing|with|for|where|from|please)\\b))" + LINK);

    /** "from 3 side". */
    private static final Pattern BROKEN_SIDES = Words.pattern("\\b(?:from|in|at|with)\\s+" + NUMBER
            + "\\s+(?:different\\s+)?(?<dim>side|angle|view|direction|colou?r|style|pose|season|expression)" + END);

    /** "Product shots of a watch" before a list: ": front, back". */
    private static final Pattern PLURALS = Words.pattern("(?<![\\p{L}-])(?:some\\s+|the\\s+|my\\s+)?"
            + "(?:(?!{stop}\\b)[\\p{L}-]++\\s++){0,3}?"
            + "(?:{plain}|{media}|{singular}\\s+(?:set|series|sequence|collection|pack|carousel|gallery))" + LINK
            + "(?=[^:.;!?\n]{0,80}:\\s)");

    /** "number of images: 4", "--n 4". */
    private static final Pattern SETTING = Words.pattern(
            "(?:\\b(?:(?:number|amount|count|quantity|total)(?:\\s+of\\s+(?:images|pictures|photos|outputs|variations|results))?|quantity|qty|images|num_images|max_images)"
                    + "\\s*[:=]\\s*|--n(?:um)?[\\s=]+|\\bn\\s*=\\s*)(?<n>\\d{1,2})(?!\\s*[.:/]?\\d)(?:\\s+(?:images|pictures|photos|pieces|pcs))?[.;,]?");

    /** "a series of moody photos of". */
    private static final Pattern VAGUE_SET =
            Words.pattern("(?:an?|the|some)\\s+(?:[\\p{L}-]+\\s+){0,2}?(?:set|series|sequence|collection)\\s+of\\s+"
                    + "(?:(?!{stop}\\b)[\\p{L}-]+\\s+){0,3}?(?<media>{plain}|{media})\\b" + LINK);

    /** "a four-panel comic about", "5-image carousel". */
    private static final Pattern HYPHENATED = Words.pattern("(?:(?:an?|the|one)\\s+)?\\b" + NUMBER
            + "(?:-(?:panel(?:ed|led)?|frame|shot|image|part|picture|step|scene|photo|act|stage)s?| (?:panel|frame|part|scene|act|page))\\b"
            + "(?:\\s+(?:[\\p{L}-]+\\s+){0,2}?(?<noun>{story-noun}))?" + LINK);

    /** "a six-frame storyboard of", "a comic in four panels". */
    private static final Pattern STORYBOARD = Words.pattern("(?:(?:an?|the)\\s+)?"
            + "(?:(?<before>{number})[- ](?:shot|panel|frame|scene|image|part|step)s?\\s+)?(?:[\\p{L}-]+\\s+)?"
            + "(?:storyboard|picture story|photo story|story in pictures|visual story"
            + "|(?:comic|manga|cartoon)(?: strip)?(?=\\s+(?:with|in|of)\\s+{number}\\s+(?:panels|frames|scenes|images|pictures|parts)))"
            + "(?:\\s+(?:in|with|of)\\s+" + NUMBER + "\\s+(?:panels|frames|shots|scenes|images|pictures|parts|steps))?"
            + LINK);

    /** "in four panels", "from three different angles". */
    private static final Pattern PARTS = Words.pattern(
            "\\b(?<prep>in|as|across|over|through|from|at|into|using|with|by|on|showing)\\s+(?:(?:an?|the|its|their|all)\\s+)?"
                    + "(?:(?:set|series|sequence)\\s+of\\s+)?" + NUMBER
                    + "(?<adj>(?:\\s+(?!{stop}\\b)[\\p{L}\\d'-]+){0,3}?)\\s+(?:(?<panel>{plain}|{media})|(?<dim>{dimension}))\\b"
                    + "(?=$|[,.;:!?()—\n]|\\s-|\\s+(?:{stop}|showing|depicting|about|where|while|using|from|like|under|please|seen|instead|starring|featuring)\\b)");

    /** "make it a series of four". */
    private static final Pattern SERIES_OF = Words.pattern("\\b(?:as|in|into|make (?:it|this)|is)\\s+an?\\s+"
            + "(?:[\\p{L}-]+\\s+)?(?:set|series|sequence|collection|group|batch)\\s+of\\s+" + NUMBER + END);

    /** "a vase of tulips x4". */
    private static final Pattern TIMES = Words.pattern(
            "(?<=[\\s(\\[]|^)(?:[x×*]\\s?(?<n>\\d{1,2})|(?<m>\\d{1,2})\\s?[x×])" + "(?=\\s*(?:$|[,.;:)\\]]))");

    /** "4x a corgi", but not "10x zoom". */
    private static final Pattern TIMES_FIRST = Words.pattern("^\\s*(?:{asking}\\s+){0,8}"
            + "(?:(?<m>\\d{1,2})\\s?[x×]\\s+(?:of\\s+)?|[x×]\\s?(?<n>\\d{1,2})\\s+)(?!{not-times}|\\d)");

    /** "one photo per season", "each in its own picture", "as separate images", "one by one". */
    private static final Pattern EACH = Words.pattern(
            "(?:\\b(?:with\\s+)?(?:one|an?|1)\\s+(?:(?:separate|individual|single|different|own)\\s+)?(?<media>{one-of})\\s+"
                    + "(?:(?:per|for each|for every|of each|of every)(?:\\s+(?:one\\s+)?(?:of (?:the(?:m|se|se things)?|following)(?:\\s+following)?"
                    + "|(?<dim>{dimension}|season|time of day|month|day of the week|view|angle)|[\\p{L}-]+))?|for (?:the following|these)|each\\b)"
                    + "(?:\\s+(?:items?|things?|subjects?))?" + LINK + ")"
                    + "|\\beach\\s+(?:one\\s+)?(?:in|on|as|gets?|with)\\s+(?:its|their|a|an)\\s+(?:own\\s+|separate\\s+|individual\\s+)?(?:image|picture|photo|illustration|frame|panel|page|card)"
                    + "|\\b(?:as|in)\\s+(?:two\\s+|three\\s+|four\\s+)?(?:separate|individual)\\s+(?:images|pictures|photos|illustrations|frames|panels)"
                    + "|\\b(?:one|1) (?:by|at a) (?:one|time)\\b");

    /** "separate pictures of". */
    private static final Pattern SEPARATE = Words.pattern(
            "\\b(?:an?\\s+)?(?:separate|individual)\\s+(?:[\\p{L}-]+\\s+)?(?<media>{one-of}|sketch(?:es)?)s?"
                    + "\\s+(?:of|for|showing)(?:\\s+each of)?\\b");

    /** " lying on a table" after "three cards". */
    private static final Pattern OBJECT_AFTER = Words.pattern("^\\s+{after-objects}\\b");

    private static final Pattern AMBIGUOUS = Words.pattern("^\\s+(?:(?:{ambiguous}|{dimension})\\b|pages\\b)");

    /** " glass" after "four panels of". */
    private static final Pattern MADE_OF = Words.pattern("^\\s+{made-of}");

    /** "give me four", "I want three of a". */
    private static final Pattern ASKED = Words.pattern(
            "(?<=^|[.!?;:,(] ?)\\s*(?:{asking}\\s+){1,16}" + NUMBER
                    + "(?:\\s+of\\s+(?=(?:an?|the|my|our)\\s)|(?:\\s+(?:of\\s+(?:them|these|those|it)|in total|pieces|please))?(?=\\s*(?:$|[.!?;:,)])))");

    /** "a set of four" as a clause of its own. */
    private static final Pattern GROUP_OF =
            Words.pattern("(?<=^|[.!?;:,(] ?)(?:an?\\s+)?(?:set|series|sequence|group|batch|collection)\\s+of\\s+"
                    + NUMBER + "(?=\\s*(?:$|[.!?;:,)]))");

    /** "a door covered " before "in a dozen stickers". */
    private static final Pattern COVERED = Words.pattern("\\b{covered}\\s+$");

    private static final Pattern FILLER = Words.pattern("\\b{filler}\\b\\s*");

    private static final Pattern PLAIN = Words.pattern("{plain}");
    private static final Pattern COMIC = Words.pattern("{comic-noun}");
    private static final Pattern TELLING = Words.pattern("{telling-noun}");

    /** What tells that a count without an asking phrase is of things: "two dogs chasing". */
    private static final Pattern SOMEONE_DOING =
            Words.pattern(".*\\p{L}s\\s+\\p{L}+ing\\b.*|.*\\b(?:people|children|men|women)\\s.*");

    private EnglishCounts() {}

    /** All mentions, those that count pictures first. */
    static List<CountMention> find(MaskedText text, int references) {
        List<CountMention> mentions = new ArrayList<>();
        storyboards(text, mentions);
        heads(text, references, mentions);
        hyphenated(text, mentions);
        asked(text, mentions);
        simple(SETTING, text, mentions);
        simple(TIMES_FIRST, text, mentions);
        Matcher series = SERIES_OF.matcher(text.visible());
        while (series.find()) {
            add(mentions, mention(Span.of(series), "", series.group("n"), "", Kind.PICTURES));
        }
        simple(TIMES, text, mentions);
        parts(text, mentions);
        broken(text, mentions);
        each(text, mentions);
        plurals(text, mentions);
        return mentions;
    }

    /** Numbers that say nothing about what they count: "x4", "quantity: 4". */
    private static void simple(Pattern pattern, MaskedText text, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (matcher.find()) {
            boolean times = pattern != SETTING && matcher.group("n") == null;
            add(mentions, mention(Span.of(matcher), "", matcher.group(times ? "m" : "n"), "", Kind.PICTURES));
        }
    }

    private static void broken(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = BROKEN.matcher(text.visible());
        while (matcher.find()) {
            int clause = text.clauseStart(matcher.start());
            NumberWords.Number n = NumberWords.english(matcher.group("n"));
            if (n.value() > 1 && EnglishRequest.only(text.visible().substring(clause, matcher.start()))) {
                String adjectives =
                        FILLER.matcher(matcher.group("adj")).replaceAll("").strip();
                boolean plain = PLAIN.matcher(matcher.group("media") + "s").matches();
                String stays = plain && adjectives.isEmpty()
                        ? ""
                        : lead(true, (adjectives + " " + matcher.group("media")).strip());
                int end = stays.isEmpty() ? matcher.end() : matcher.start("link");
                add(mentions, new CountMention(new Span(clause, end), stays, n.value(), n.vague(), "", Kind.PICTURES));
            }
        }
        Matcher sides = BROKEN_SIDES.matcher(text.visible());
        while (sides.find()) {
            String noun = sides.group("dim").matches("colou?r") ? "colors" : sides.group("dim") + "s";
            if (NumberWords.english(sides.group("n")).value() > 1) {
                add(mentions, mention(Span.of(sides), "", sides.group("n"), noun, Kind.PARTS));
            }
        }
    }

    /** Pictures without a number, which count when a list says what they are: "Product shots of a watch: front, back". */
    private static void plurals(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = PLURALS.matcher(text.visible());
        while (matcher.find()) {
            int clause = text.clauseStart(matcher.start());
            if (EnglishRequest.only(text.visible().substring(clause, matcher.start()))) {
                Span span = new Span(clause, matcher.end());
                add(mentions, new CountMention(span, "", NumberWords.SEVERAL, true, "", Kind.LIST));
                return;
            }
        }
    }

    private static void heads(MaskedText text, int references, List<CountMention> mentions) {
        String visible = text.visible();
        Matcher matcher = HEAD.matcher(visible);
        int from = 0;
        while (from < visible.length() && matcher.find(from)) {
            from = matcher.start() + 1;
            int clause = text.clauseStart(matcher.start());
            String before = visible.substring(clause, matcher.start());
            boolean asked = EnglishRequest.only(before);
            boolean definite = before.stripTrailing().endsWith("the") || before.contains("both");
            if (!asked || references > 0 && definite) {
                continue;
            }
            boolean bare = before.isBlank() && matcher.group("set") == null;
            if (bare && countsObjects(matcher, visible)) {
                continue;
            }
            Span adjectiveSpan = new Span(matcher.start("adj"), matcher.end("adj"));
            String adjectives =
                    FILLER.matcher(text.original(adjectiveSpan)).replaceAll("").strip();
            String noun = matcher.group("dim") == null ? dimensionNoun(matcher.group("adj")) : matcher.group("dim");
            String replacement = replacement(matcher, adjectives);
            int end = replacement.isEmpty() ? matcher.end() : matcher.start("link");
            int start = before.contains("this") || before.contains(" it ") || before.startsWith("it ")
                    ? matcher.start()
                    : clause;
            add(
                    mentions,
                    mention(
                            new Span(start, end),
                            lead(start == clause, replacement),
                            matcher.group("n"),
                            noun,
                            Kind.PICTURES));
            from = matcher.end();
        }
        Matcher vague = VAGUE_SET.matcher(visible);
        while (vague.find()) {
            int clause = text.clauseStart(vague.start());
            if (EnglishRequest.only(visible.substring(clause, vague.start()))) {
                add(
                        mentions,
                        new CountMention(
                                new Span(clause, vague.end()), "", NumberWords.SEVERAL, true, "", Kind.PICTURES));
            }
        }
    }

    /** Whether a count without an asking phrase is of things in the picture: "three manhole covers in a street". */
    private static boolean countsObjects(Matcher matcher, String visible) {
        String after = visible.substring(matcher.end(), Math.min(visible.length(), matcher.end() + 40));
        String link = matcher.group("link").strip();
        boolean ambiguous = AMBIGUOUS
                .matcher(visible.substring(matcher.end("adj"), matcher.end()))
                .find();
        if (ambiguous) {
            return link.isEmpty()
                    ? !after.isBlank() && !after.matches("(?s)\\s*[,.;:!?()—–-].*")
                    : MADE_OF.matcher(after).find();
        }
        if (SOMEONE_DOING.matcher(matcher.group("adj")).matches()) {
            return true;
        }
        boolean strict =
                matcher.group("plain") != null && !matcher.group("plain").equals("pictures");
        return !strict && link.isEmpty() && OBJECT_AFTER.matcher(after).find();
    }

    private static String lead(boolean wholeClause, String replacement) {
        return wholeClause && !replacement.isEmpty() ? " " + replacement : replacement;
    }

    private static String replacement(Matcher matcher, String adjectives) {
        if (matcher.group("dim") != null) {
            return "";
        }
        if (matcher.group("plain") != null) {
            return adjectives.isEmpty() ? "" : adjectives + " " + singular(matcher.group("plain"));
        }
        return (adjectives + " " + singular(matcher.group("media"))).strip();
    }

    private static void hyphenated(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = HYPHENATED.matcher(text.visible());
        while (matcher.find()) {
            String noun = matcher.group("noun") == null ? "" : matcher.group("noun");
            boolean pictures = matcher.group().matches(".*[- ](?:image|shot|picture|photo|frame).*");
            if (noun.isEmpty()
                    && !pictures
                    && !matcher.group().contains("-panel")
                    && !matcher.group().contains("-part")
                    && !matcher.group().contains("-scene")) {
                continue;
            }
            boolean comic = COMIC.matcher(noun).matches();
            int end = comic ? matcher.start("link") : matcher.end();
            String stays = comic
                    ? "a " + (noun.startsWith("cartoon") ? "cartoon" : noun.equals("manga") ? "manga" : "comic")
                            + " panel"
                    : "";
            Kind kind = comic || TELLING.matcher(noun).matches() ? Kind.STORY : Kind.PICTURES;
            add(mentions, mention(new Span(matcher.start(), end), stays, matcher.group("n"), "", kind));
        }
    }

    private static void storyboards(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = STORYBOARD.matcher(text.visible());
        while (matcher.find()) {
            int clause = text.clauseStart(matcher.start());
            if (!EnglishRequest.only(text.visible().substring(clause, matcher.start()))) {
                continue;
            }
            Span span = new Span(clause, matcher.end());
            String n = matcher.group("before") == null ? matcher.group("n") : matcher.group("before");
            add(
                    mentions,
                    n == null
                            ? new CountMention(span, "", NumberWords.SEVERAL, true, "", Kind.STORY)
                            : mention(span, "", n, "", Kind.STORY));
        }
    }

    private static void parts(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = PARTS.matcher(text.visible());
        while (matcher.find()) {
            boolean dimension = matcher.group("dim") != null;
            String noun = dimension ? matcher.group("dim") : dimensionNoun(matcher.group("adj"));
            boolean with = matcher.group("prep").matches("with|on|by|at|showing|using");
            boolean allowed = dimension
                    ? !with || noun.matches(".*(?:expression|emotion|mood|pose|times|ages|stages|style|colou?r ?way).*")
                    : matcher.group("prep").matches("in|as|across|over|through|into");
            String after = text.visible().substring(matcher.end());
            boolean covered = COVERED.matcher(text.visible())
                    .region(text.clauseStart(matcher.start()), matcher.start())
                    .find();
            boolean inside = covered
                    || matcher.group("prep").matches("across|over|through|into|on")
                            && after.matches("(?s)\\s+of an?\\b.*");
            if (allowed
                    && !inside
                    && !after.matches("(?s)\\s+(?:of (?:the|her|his|my|its)\\b|on (?:the|an?|her|his|my)\\b).*")) {
                add(mentions, mention(Span.of(matcher), "", matcher.group("n"), noun, Kind.PARTS));
            }
        }
    }

    private static void each(MaskedText text, List<CountMention> mentions) {
        for (Pattern pattern : List.of(EACH, SEPARATE)) {
            Matcher matcher = pattern.matcher(text.visible());
            while (matcher.find()) {
                int clause = text.clauseStart(matcher.start());
                boolean asked = EnglishRequest.only(text.visible().substring(clause, matcher.start()));
                Span span = new Span(asked ? clause : matcher.start(), matcher.end());
                String media = matcher.group("media");
                boolean stays = media != null
                        && !PLAIN.matcher(media + "s").matches()
                        && (pattern == SEPARATE
                                || !matcher.group("link").isBlank()
                                || text.visible().startsWith(":", matcher.end()));
                String noun = pattern == EACH && matcher.group("dim") != null ? matcher.group("dim") : "";
                String replacement = stays && matcher.start() == text.clauseStart(span.start()) || stays && asked
                        ? " " + media + " of"
                        : "";
                add(mentions, new CountMention(span, replacement, NumberWords.SEVERAL, true, noun, Kind.EACH));
            }
        }
    }

    private static void asked(MaskedText text, List<CountMention> mentions) {
        for (Pattern pattern : List.of(ASKED, GROUP_OF)) {
            Matcher asked = pattern.matcher(text.visible());
            while (asked.find()) {
                add(mentions, mention(Span.of(asked), "", asked.group("n"), "", Kind.PICTURES));
            }
        }
    }

    /** The counted thing among the adjectives of pictures: "different poses images" is rare, "angle" in "three angle shots". */
    private static String dimensionNoun(String adjectives) {
        String words = adjectives.strip();
        return Dimension.ALL.stream().anyMatch(dimension -> dimension.counts(words)) ? words : "";
    }

    private static CountMention mention(Span span, String replacement, String number, String noun, Kind kind) {
        NumberWords.Number n = NumberWords.english(number);
        return new CountMention(span, replacement, n.value(), n.vague(), noun, kind);
    }

    private static void add(List<CountMention> mentions, CountMention mention) {
        if (mentions.size() < CountMention.MAX
                && mentions.stream().noneMatch(other -> other.span().overlaps(mention.span()))) {
            mentions.add(mention);
        }
    }

    private static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        return plural.endsWith("ches")
                ? plural.substring(0, plural.length() - 2)
                : plural.substring(0, plural.length() - 1);
    }
}
