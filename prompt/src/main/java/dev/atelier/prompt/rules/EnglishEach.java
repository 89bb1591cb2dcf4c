package dev.atelier.prompt.rules;

import dev.atelier.prompt.rules.CountMention.Kind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds wishes for one picture of each thing: "one photo per season", "separate pictures of a fox and a hare". */
final class EnglishEach {
    private static final String LINK = "(?<link>{link})";

    /** "one photo per season", "each in its own picture", "as separate images", "one by one". */
    private static final Pattern EACH = Words.pattern(
            "(?:\\b(?:with\\s+)?(?:one|an?|1)\\s+(?:(?:separate|individual|single|different|own)\\s+)?(?:(?!{stop}\\b)[\\p{L}-]+\\s+)?(?<media>{one-of})\\s+"
                    + "(?:(?:per|for each|for every|of each|of every)(?:\\s+(?:one\\s+)?(?:of (?:the(?:m|se|se things)?|following)(?:\\s+following)?"
                    + "|(?<dim>{dimension}|season|time of day|month|day of the week|view|angle)|[\\p{L}-]+))?|for (?:the following|these)|each\\b)"
                    + "(?:\\s+(?:items?|things?|subjects?))?" + LINK + ")"
                    + "|\\beach\\s+(?:one\\s+)?(?:in|on|as|gets?|with)\\s+(?:its|their|a|an)\\s+(?:own\\s+|separate\\s+|individual\\s+)?{own-picture}"
                    + "|\\b(?:as|in)\\s+(?:two\\s+|three\\s+|four\\s+)?(?:separate|individual)\\s+{own-picture}s"
                    + "|\\b(?:one|1) (?:by|at a) (?:one|time)\\b");

    /** "separate pictures of". */
    private static final Pattern SEPARATE = Words.pattern(
            "\\b(?:an?\\s+)?(?:separate|individual)\\s+(?:[\\p{L}-]+\\s+)?(?<media>{one-of}|sketch(?:es)?)s?"
                    + "\\s+(?:of|for|showing)(?:\\s+each of)?\\b");

    private static final Pattern PLAIN = Words.pattern("{plain}");

    private EnglishEach() {}

    /** Adds the wishes in {@code text} to {@code mentions}. */
    static void find(MaskedText text, List<CountMention> mentions) {
        for (Pattern pattern : List.of(EACH, SEPARATE)) {
            Matcher matcher = pattern.matcher(text.visible());
            while (mentions.size() < CountMention.MAX && matcher.find()) {
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
                CountMention.add(
                        mentions, new CountMention(span, replacement, NumberWords.SEVERAL, true, noun, Kind.EACH));
            }
        }
    }
}
