package dev.atelier.prompt.rules;

import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.words.WordFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads shape and area out of a prompt: "16:9", "a poster for …", "手机壁纸", "in 4K", "1920 x 1080 pixels". */
final class ShapeReader {
    private static final String UNIT = "\\s?(?:(?:{pixels}|{zh-pixels})\\s?)?";
    private static final String IS = "\\s?(?:of|is|[:：=为是])?\\s?";
    private static final String AND = "[\\s,，、;；]{0,3}(?:and\\s|by\\s|和)?(?:an?\\s)?";
    private static final String WIDTH = "(?<![\\d.])(?<w>\\d{3,4})";
    private static final String HEIGHT = "(?<![\\d.])(?<h>\\d{3,4})(?![\\d.])";

    /** "1920 x 1080", "800 by 600 pixels", "1024 px wide, 768 px high", 宽1024高768. */
    private static final List<Pattern> PIXELS = Stream.of(
                    WIDTH + UNIT + "(?:{wide}\\s?|{zh-wide}\\s?)?(?:{by}|{zh-by})\\s?" + HEIGHT,
                    WIDTH + UNIT + "(?:{wide}|{zh-wide})" + AND + HEIGHT + UNIT + "(?:{high}|{zh-high})",
                    HEIGHT + UNIT + "(?:{high}|{zh-high})" + AND + WIDTH + UNIT + "(?:{wide}|{zh-wide})",
                    "(?:{wide}|{zh-wide})" + IS + WIDTH + UNIT + AND + "(?:{high}|{zh-high})" + IS + HEIGHT,
                    "(?:{high}|{zh-high})" + IS + HEIGHT + UNIT + AND + "(?:{wide}|{zh-wide})" + IS + WIDTH)
            .map(Words::pattern)
            .toList();

    /** "16:9", "aspect ratio of 4 by 5". */
    private static final Pattern RATIO = Words.pattern(
            "(?<mark>(?:--ar|aspect|ratio|aspect ratio|比例|画幅|宽高比)(?:\\s+of)?\\s*[:：为是]?\\s*)?(?<![\\d.:])"
                    + "(?<w>\\d{1,2}(?:\\.\\d{1,2})?)\\s?(?:[:：比]|by(?= ))\\s?(?<h>\\d{1,2}(?:\\.\\d{1,2})?)(?![\\d:]|\\.\\d|\\s?[ap]\\.?m\\b|分)");

    private static final Set<String> KNOWN_RATIOS = Set.of(
            "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "9:21", "2:1", "1:2", "3:1", "1:3",
            "4:1", "1:4", "16:10", "10:16", "18:9", "9:18", "20:9", "9:20", "19:9", "7:5", "5:7", "6:4", "8:10", "10:8",
            "2.35:1", "2.39:1", "1.85:1", "8:1", "1:8", "16:1", "1:16", "5:3", "3:5", "6:1", "5:1", "32:9", "5:2",
            "2:5");
    /** "in 4K", but not "a 4K television". */
    private static final Pattern TIER =
            Words.pattern("(?<![\\w.$€£])([124])\\s?k(?![\\w.])(?!\\s?(?:{screen}|{zh-screen}))");

    /** "the score is " before "2:1". */
    private static final Pattern SCORE_BEFORE = Words.pattern("(?:{score-before}|{zh-score-before})\\b[^,.;，。]{0,20}$");

    /** What may stand before a format that is the picture itself: "please make me a bright red". */
    private static final Pattern HEAD = Words.pattern(
            "^\\s*(?:{asking}\\s+){0,16}(?:{number}\\s+(?:[\\p{L}-]+\\s+){0,2}?{plain}\\s+(?:of|for)\\s+)?(?:(?:an?|one|the|my|our|their|some|new|{number}|set of|series of)\\s+){0,6}"
                    + "(?:(?!{not-adjective}\\b|[\\p{L}]+ing\\s+(?:an?|the|his|her|its|their|my|{number})\\s)[\\p{L}\\d'’-]+\\s+){0,6}$");

    /** "use it as a". */
    private static final Pattern AS_FORMAT = Words.pattern(
            "(?:\\b(?:to (?:make|create|design|produce|build)|as|for|into|in the (?:form|style|format|shape) of|to be used as|suitable (?:as|for)|to use as|becomes?)\\s+(?:an?|my|the|our|your)?\\s*(?:[\\p{L}-]+\\s+){0,2})$");

    /** "poster on the wall". */
    private static final Pattern NO_FORMAT_AFTER = Words.pattern("^\\s+{format-after}");

    private static final Pattern DEFINITE =
            Words.pattern("\\b(?:the|this|that|these|those|its|his|her)\\s+(?:[\\p{L}-]+\\s+){0,2}$");

    /** 举着一张 before 海报. */
    private static final Pattern CHINESE_OBJECT = Words.pattern("{zh-format-held}$");

    /** 设计 after 海报. */
    private static final Pattern CHINESE_TAIL = Words.pattern("^(?:{zh-format-after}|$|[a-z\\s])");

    private static final int MAX_SCORE = 40;
    private static final int MAX_HITS = 20;
    private static final WordFile SHAPES = WordFile.load(ShapeReader.class, "shapes.txt");
    private static final List<Format> FORMATS = SHAPES.read("format-word", line -> Format.of(line, "", ""));
    private static final List<Format> NOUNS =
            SHAPES.read("format-noun", line -> Format.of(line, "(?<![\\p{IsLatin}\\d'-])", "(?![\\p{IsLatin}'-])"));

    private ShapeReader() {}

    /**
     * @param aspect width divided by height; 0: not said
     * @param tier area by name
     * @param width pixels; 0 together with {@code height}: not said
     * @param words the words it was read from, for people; empty: nothing was read
     */
    record Shape(double aspect, SizeWish.Tier tier, int width, int height, List<String> words) {}

    /** Words for one aspect ratio, width divided by height. */
    private record Format(Pattern pattern, double aspect) {
        private static final Pattern FORM =
                Pattern.compile("(?<w>\\d{1,3}(?:\\.\\d{1,2})?):(?<h>\\d{1,3}) = (?<words>\\S.*)");

        static Format of(String line, String before, String after) {
            Matcher form = FORM.matcher(line);
            if (!form.matches() || Integer.parseInt(form.group("h")) == 0) {
                throw new IllegalArgumentException("\"" + line + "\" is not of the form: width:height = words");
            }
            return new Format(
                    Words.pattern(before + "(?:" + form.group("words") + ")" + after),
                    Double.parseDouble(form.group("w")) / Integer.parseInt(form.group("h")));
        }
    }

    /** A place that names a shape. */
    private record Hit(Span span, double aspect) {}

    static Shape read(MaskedText text, boolean editing) {
        String visible = text.visible();
        List<String> words = new ArrayList<>();
        SizeWish.Tier tier = SizeWish.Tier.MODEL;
        Matcher tiers = TIER.matcher(visible);
        if (tiers.find()) {
            tier = switch (tiers.group(1)) {
                case "1" -> SizeWish.Tier.K1;
                case "2" -> SizeWish.Tier.K2;
                default -> SizeWish.Tier.K4;
            };
            words.add(text.original(Span.of(tiers)));
        }
        for (Pattern form : PIXELS) {
            Matcher pixels = form.matcher(visible);
            if (pixels.find()) {
                int width = Integer.parseInt(pixels.group("w"));
                int height = Integer.parseInt(pixels.group("h"));
                if (allowed(width, height)) {
                    words.add(text.original(Span.of(pixels)));
                    return new Shape(0, tier, width, height, words);
                }
            }
        }
        Hit ratio = ratioHit(visible);
        Hit hit = ratio != null ? ratio : wordHit(text, editing);
        if (hit != null) {
            words.add(text.original(hit.span()));
        }
        return new Shape(hit == null ? 0 : hit.aspect(), tier, 0, 0, words);
    }

    private static boolean allowed(int width, int height) {
        long pixels = (long) width * height;
        return pixels >= SizeWish.MIN_PIXELS
                && pixels <= SizeWish.MAX_PIXELS
                && Math.max(width, height) <= SizeWish.MAX_ASPECT * Math.min(width, height);
    }

    private static Hit ratioHit(String visible) {
        Matcher matcher = RATIO.matcher(visible);
        while (matcher.find()) {
            String name = matcher.group("w") + ":" + matcher.group("h");
            boolean marked = matcher.group("mark") != null;
            if (!marked
                    && (!KNOWN_RATIOS.contains(name)
                            || SCORE_BEFORE
                                    .matcher(visible)
                                    .region(Math.max(0, matcher.start() - MAX_SCORE), matcher.start())
                                    .find())) {
                continue;
            }
            double height = Double.parseDouble(matcher.group("h"));
            double aspect = height == 0 ? 0 : Double.parseDouble(matcher.group("w")) / height;
            if (aspect >= 1 / SizeWish.MAX_ASPECT && aspect <= SizeWish.MAX_ASPECT) {
                return new Hit(Span.of(matcher), aspect);
            }
        }
        return null;
    }

    private static Hit wordHit(MaskedText text, boolean editing) {
        List<Hit> hits = new ArrayList<>();
        for (Format format : FORMATS) {
            Matcher matcher = format.pattern().matcher(text.visible());
            if (matcher.find()) {
                return new Hit(Span.of(matcher), format.aspect());
            }
        }
        for (Format noun : NOUNS) {
            Matcher matcher = noun.pattern().matcher(text.visible());
            while (hits.size() < MAX_HITS && matcher.find()) {
                Span span = Span.of(matcher);
                if (namesThePicture(text, span, editing)) {
                    hits.add(new Hit(span, noun.aspect()));
                }
            }
        }
        return hits.stream()
                .max(Comparator.comparingInt(
                        hit -> hit.span().end() - hit.span().start()))
                .orElse(null);
    }

    private static boolean namesThePicture(MaskedText text, Span span, boolean editing) {
        String visible = text.visible();
        String before = visible.substring(text.clauseStart(span.start()), span.start());
        String after = visible.substring(span.end(), text.clauseEnd(span.end()));
        if (Character.UnicodeScript.of(visible.codePointAt(span.start())) == Character.UnicodeScript.HAN
                || before.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)) {
            return CHINESE_TAIL.matcher(after).find()
                    && !CHINESE_OBJECT.matcher(before).find();
        }
        if (NO_FORMAT_AFTER.matcher(after).find()) {
            return false;
        }
        if (AS_FORMAT.matcher(before).find()) {
            return true;
        }
        return HEAD.matcher(before).matches()
                && !(editing && DEFINITE.matcher(before).find());
    }
}
