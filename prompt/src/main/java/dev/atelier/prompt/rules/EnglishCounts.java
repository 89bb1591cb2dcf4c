package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds how many pictures an English prompt asks for, and tells "three images of a cat" from "two cats". */
final class EnglishCounts {
    private static final String ADJECTIVES =
            "(?<adj>(?:\\s+(?!{stop}\\b)(?!{unit}(?![\\w-]))(?:[\\p{L}\\d'-]+|\\d{1,2}:\\d{1,2})){0,4}?)\\s+";
    private static final String NUMBER = "(?<n>{number})";
    private static final String LINK = "(?<link>{link})";
    private static final String END = "(?=\\s*(?:$|[,.:;!?)]))";

    /** "a set of three small red posters of": the sort of noun is told apart by its group. */
    private static final Pattern HEAD = Words.pattern("\\b(?<set>{set-of})?\\b" + NUMBER + ADJECTIVES
            + "(?:(?<plain>{plain})|(?<media>{media})|(?<dim>{dimension}))\\b(?!-)" + LINK);

    /** "4 picture of": a singular after a number. */
    private static final Pattern BROKEN = Words.pattern("\\b" + NUMBER + ADJECTIVES + "(?<media>{singular})(?:" + END
            + "|(?=\\s+(?:of|about|showing|with|for|where|from|please)\\b))" + LINK);

    /** "from 3 side". */
    private static final Pattern BROKEN_SIDES =
            Words.pattern("\\b(?:from|in|at|with)\\s+" + NUMBER + "\\s+(?:different\\s+)?(?<dim>{side})" + END);

    /** "Product shots of a watch" before a list: ": front, back". */
    private static final Pattern PLURALS = Words.pattern("(?<![\\p{L}-])(?:some\\s+|the\\s+|my\\s+)?"
            + "(?:(?!{stop}\\b)[\\p{L}-]++\\s++){0,3}?"
            + "(?:{plain}|{media}|{singular}\\s+(?:set|series|sequence|collection|pack|carousel|gallery))" + LINK
            + "(?=[^:.;!?\n]{0,80}:\\s)");

    /** "number of images: 4", "--n 4". */
    private static final Pattern SETTING = Words.pattern(
            "(?:\\b(?:{amount}(?:\\s+of\\s+{output})?|quantity|qty|images|num_images|max_images)"
                    + "\\s*[:=]\\s*|--n(?:um)?[\\s=]+|\\bn\\s*=\\s*)(?!1\\s?[.)]\\s)(?<n>\\d{1,2})(?!\\s*[.:/]?\\d)(?:\\s+{output})?[.;,]?");

    /** "a series of moody photos of". */
    private static final Pattern VAGUE_SET =
            Words.pattern("\\b(?:(?:an?|the|some)\\s+)?(?:[\\p{L}-]+\\s+){0,2}?\\b{loose-set}\\s+of\\s+"
                    + "(?:(?!{stop}\\b)[\\p{L}-]+\\s+){0,3}?(?<media>{plain}|{media})\\b" + LINK);

    /** "a four-panel comic about", "5-image carousel". */
    private static final Pattern HYPHENATED = Words.pattern("(?:(?:an?|the|one)\\s+)?\\b" + NUMBER
            + "(?:-{hyphen-part}s?| (?:panel|frame|part|scene|act|page))\\b"
            + "(?:\\s+(?:[\\p{L}-]+\\s+){0,2}?(?<noun>{story-noun}))?" + LINK);

    /** "a six-frame storyboard of", "a comic in four panels". */
    private static final Pattern STORYBOARD = Words.pattern("\\b(?:(?:an?|the)\\s+)?"
            + "(?:(?<before>{number})[- ](?:shot|panel|frame|scene|image|part|step)s?\\s+)?(?:[\\p{L}-]+\\s+)?"
            + "(?:{storyboard}"
            + "|(?:comic|manga|cartoon)(?: strip)?(?=\\s+(?:with|in|of)\\s+{number}\\s+(?:panels|frames|scenes|images|pictures|parts)))"
            + "(?:\\s+(?:in|with|of)\\s+" + NUMBER + "\\s+{story-part})?"
            + LINK);

    /** "in four panels", "from three different angles". */
    private static final Pattern PARTS = Words.pattern(
            "\\b(?<prep>in|as|across|over|through|from|at|into|using|with|by|on|showing)\\s+(?:(?:an?|the|its|their|all)\\s+)?"
                    + "(?:(?:set|series|sequence)\\s+of\\s+)?" + NUMBER
                    + "(?<adj>(?:\\s+(?!{stop}\\b)[\\p{L}\\d'-]+){0,3}?)\\s+(?:(?<panel>{plain}|{media})|(?<dim>{dimension}))\\b"
                    + "(?=$|[,.;:!?()—\n]|\\s[(\\[–—-]|\\s+(?:{stop}|showing|depicting|about|where|while|using|from|like|under|please|seen|instead|starring|featuring)\\b)");

    /** "make it a series of four". */
    private static final Pattern SERIES_OF = Words.pattern("\\b(?:as|in|into|make (?:it|this)|is)\\s+an?\\s+"
            + "(?:[\\p{L}-]+\\s+)?(?:set|series|sequence|collection|group|batch)\\s+of\\s+" + NUMBER + END);

    /** "a vase of tulips x4". */
    private static final Pattern TIMES = Words.pattern(
            "(?<=[\\s(\\[]|^)(?:[x×*]\\s?(?<n>\\d{1,2})|(?<m>\\d{1,2})\\s?[x×])" + "(?=\\s*(?:$|[,.;:)\\]]))");

    /** "4x a corgi", but not "10x zoom". */
    private static final Pattern TIMES_FIRST = Words.pattern("^\\s*(?:{asking}\\s+){0,8}"
            + "(?:(?<m>\\d{1,2})\\s?[x×]\\s+(?:of\\s+)?|[x×]\\s?(?<n>\\d{1,2})\\s+)(?!{not-times}|\\d)");

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

    /** "a play " before "in three acts", "a door covered " before "in a dozen stickers". */
    private static final Pattern COVERED = Words.pattern("\\b(?:{covered}|{work-in-parts})\\s+$");

    /** "the 199 steps" are no wish. */
    private static final int MAX_ASKED = 15;

    private static final Pattern FILLER = Words.pattern("\\b{filler}\\b\\s*");

    /** Without it there is no storyboard and no comic. */
    private static final Pattern STORY_CUE = Words.pattern("story|comic|manga|cartoon");

    /** Without it there is no list after a plural. */
    private static final Pattern LIST_CUE = Words.pattern(":\\s");

    private static final Pattern MARK = Words.pattern("\\s*[,.;:!?()—–-]");
    private static final Pattern PICTURE = Words.pattern("[- ](?:image|shot|picture|photo|frame|slide|post)");
    private static final Set<String> WITH = Set.of("with", "on", "by", "at", "showing", "using");
    private static final Set<String> IN = Set.of("in", "as", "across", "over", "through", "into");
    private static final Set<String> ACROSS = Set.of("across", "over", "through", "into", "on");
    private static final Pattern WITH_NOUN = Words.pattern("{with-noun}");
    private static final Pattern OF_A = Words.pattern("\\s+of an?\\b");
    private static final Pattern OF_THE =
            Words.pattern("\\s+(?:of (?:the|her|his|my|its)\\b|on (?:the|an?|her|his|my)\\b)");
    private static final Pattern PLAIN = Words.pattern("{plain}");
    /** " door" after "six-panel". */
    private static final Pattern A_WORD =
            Words.pattern("\\s+(?!(?:in|on|at|with|from|about|showing|where|please|pls)\\b)\\p{L}");

    private static final Pattern THINGS = Words.pattern("{things-first}\\b");
    private static final Pattern COMIC = Words.pattern("{comic-noun}");
    private static final Pattern TELLING = Words.pattern("{telling-noun}");

    /** What tells that a count without an asking phrase is of things: "two dogs chasing". */
    private static final Pattern SOMEONE_DOING =
            Words.pattern("\\p{L}s\\s+\\p{L}+ing\\b|\\b(?:people|children|men|women)\\s");

    private EnglishCounts() {}

    /** All mentions, those that count pictures first. */
    static List<CountMention> find(MaskedText text, int references) {
        List<CountMention> mentions = new ArrayList<>();
        if (!text.english()) {
            return mentions;
        }
        if (STORY_CUE.matcher(text.visible()).find()) {
            storyboards(text, mentions);
        }
        heads(text, references, mentions);
        hyphenated(text, mentions);
        asked(text, mentions);
        simple(SETTING, text, mentions);
        simple(TIMES_FIRST, text, mentions);
        Matcher series = SERIES_OF.matcher(text.visible());
        while (series.find()) {
            CountMention.add(mentions, mention(Span.of(series), "", series.group("n"), "", Kind.PICTURES));
        }
        simple(TIMES, text, mentions);
        parts(text, mentions);
        broken(text, mentions);
        EnglishEach.find(text, mentions);
        if (LIST_CUE.matcher(text.visible()).find()) {
            plurals(text, mentions);
        }
        RefusedCounts.after(text, mentions);
        return mentions;
    }

    /** Numbers that say nothing about what they count: "x4", "quantity: 4". */
    private static void simple(Pattern pattern, MaskedText text, List<CountMention> mentions) {
        Matcher matcher = pattern.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            boolean times = pattern != SETTING && matcher.group("n") == null;
            CountMention.add(
                    mentions, mention(Span.of(matcher), "", matcher.group(times ? "m" : "n"), "", Kind.PICTURES));
        }
    }

    private static void broken(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = BROKEN.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
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
                CountMention.add(
                        mentions,
                        new CountMention(new Span(clause, end), stays, n.value(), n.vague(), "", Kind.PICTURES));
            }
        }
        Matcher sides = BROKEN_SIDES.matcher(text.visible());
        while (sides.find()) {
            String noun = sides.group("dim").startsWith("colo") ? "colors" : sides.group("dim") + "s";
            if (NumberWords.english(sides.group("n")).value() > 1) {
                CountMention.add(mentions, mention(Span.of(sides), "", sides.group("n"), noun, Kind.PARTS));
            }
        }
    }

    /** Pictures without a number, which count when a list says what they are: "Product shots of a watch: front, back". */
    private static void plurals(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = PLURALS.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            int clause = text.clauseStart(matcher.start());
            if (EnglishRequest.only(text.visible().substring(clause, matcher.start()))) {
                Span span = new Span(clause, matcher.end());
                CountMention.add(mentions, new CountMention(span, "", NumberWords.SEVERAL, true, "", Kind.LIST));
                return;
            }
        }
    }

    private static void heads(MaskedText text, int references, List<CountMention> mentions) {
        String visible = text.visible();
        Matcher matcher = HEAD.matcher(visible);
        int from = 0;
        while (mentions.size() < CountMention.MAX && from < visible.length() && matcher.find(from)) {
            from = matcher.start() + 1;
            int counted = RefusedCounts.before(text, matcher.start());
            int clause = text.clauseStart(counted);
            String before = visible.substring(clause, counted);
            boolean asked = EnglishRequest.only(before);
            boolean definite = before.stripTrailing().endsWith("the") || before.contains("both");
            boolean name = definite
                    && matcher.group("dim") != null
                    && NumberWords.english(matcher.group("n")).value() > MAX_ASKED;
            if (!asked || name || references > 0 && definite) {
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
            CountMention.add(
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
                CountMention.add(
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
            boolean things = THINGS.matcher(visible)
                    .region(matcher.end("adj"), matcher.end())
                    .find();
            return link.isEmpty()
                    ? things || !after.isBlank() && !MARK.matcher(after).lookingAt()
                    : MADE_OF.matcher(after).find();
        }
        if (SOMEONE_DOING.matcher(matcher.group("adj")).find()) {
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
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            String noun = matcher.group("noun") == null ? "" : matcher.group("noun");
            boolean pictures = PICTURE.matcher(matcher.group()).find();
            if (noun.isEmpty()
                    && !pictures
                    && !matcher.group().contains("-panel")
                    && !matcher.group().contains("-part")
                    && !matcher.group().contains("-scene")) {
                continue;
            }
            if (noun.isEmpty() && !pictures && text.goesOn(A_WORD, matcher.end())) {
                continue;
            }
            boolean comic = COMIC.matcher(noun).matches();
            int end = comic ? matcher.start("link") : matcher.end();
            String stays = comic
                    ? "a " + (noun.startsWith("cartoon") ? "cartoon" : noun.equals("manga") ? "manga" : "comic")
                            + " panel"
                    : "";
            Kind kind = comic || TELLING.matcher(noun).matches() ? Kind.STORY : Kind.PICTURES;
            CountMention.add(mentions, mention(new Span(matcher.start(), end), stays, matcher.group("n"), "", kind));
        }
    }

    private static void storyboards(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = STORYBOARD.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            int clause = text.clauseStart(matcher.start());
            if (!EnglishRequest.only(text.visible().substring(clause, matcher.start()))) {
                continue;
            }
            Span span = new Span(clause, matcher.end());
            String n = matcher.group("before") == null ? matcher.group("n") : matcher.group("before");
            CountMention.add(
                    mentions,
                    n == null
                            ? new CountMention(span, "", NumberWords.SEVERAL, true, "", Kind.STORY)
                            : mention(span, "", n, "", Kind.STORY));
        }
    }

    private static void parts(MaskedText text, List<CountMention> mentions) {
        Matcher matcher = PARTS.matcher(text.visible());
        while (mentions.size() < CountMention.MAX && matcher.find()) {
            boolean dimension = matcher.group("dim") != null;
            String noun = dimension ? matcher.group("dim") : dimensionNoun(matcher.group("adj"));
            String preposition = matcher.group("prep");
            boolean with = WITH.contains(preposition);
            boolean allowed = dimension ? !with || WITH_NOUN.matcher(noun).find() : IN.contains(preposition);
            boolean inside = text.endsBefore(COVERED, matcher.start())
                    || ACROSS.contains(preposition) && text.goesOn(OF_A, matcher.end())
                    || text.goesOn(OF_THE, matcher.end());
            if (allowed && !inside) {
                CountMention.add(mentions, mention(Span.of(matcher), "", matcher.group("n"), noun, Kind.PARTS));
            }
        }
    }

    private static void asked(MaskedText text, List<CountMention> mentions) {
        for (Pattern pattern : List.of(ASKED, GROUP_OF)) {
            Matcher asked = pattern.matcher(text.visible());
            while (asked.find()) {
                CountMention.add(mentions, mention(Span.of(asked), "", asked.group("n"), "", Kind.PICTURES));
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

    private static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        return plural.endsWith("ches")
                ? plural.substring(0, plural.length() - 2)
                : plural.substring(0, plural.length() - 1);
    }
}
