package dev.atelier.prompt.template;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places: {@code {product}} is a slot's value, {@code {a product}} the same with the article that it takes (none where it
 * has one, is a plural or a name), and {@code [ text ]} stays away when a slot in it is empty. Values are put in once and never read
 * for places.
 */
final class TemplateText {
    private static final Pattern PLACE =
            Pattern.compile("\\[(?<optional>[^\\[\\]]*)]|\\{(?<article>[aA] )?(?<slot>[a-z]+)}");
    private static final Pattern STRAY = Pattern.compile("[\\[\\]{}]");

    /** What a value is about stands before the first of these: "woman" in "woman in blue jeans". */
    private static final Pattern HEAD_END = Pattern.compile(
            "[,.;:(]|\\s(?:and|or|in|on|with|without|of|by|at|from|for|to|near|under|over|before|behind|who|that|which)\\s");

    /** How what a value is about begins or ends where it takes no article. */
    private static final Pattern COMPLETE = Pattern.compile(
            "(?:an?|the|one|two|three|four|five|six|some|several|many|my|our|your|his|her|its|their|this|that|these|those|\\d+)\\s.*"
                    + "|\\p{Lu}.*|.*[^su]s|.*\\p{IsHan}.*",
            Pattern.DOTALL);

    private static final Pattern VOWEL =
            Pattern.compile("(?i)(?:[aeio]|u(?!ni|se|ro|to|k)|hour|heir|honest).*", Pattern.DOTALL);

    private final String text;

    private TemplateText(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when a bracket is open, or a place names none of {@code slots} */
    static TemplateText of(String text, Set<String> slots) {
        String rest = PLACE.matcher(text).replaceAll(place -> {
            if (place.group(1) != null) {
                of(place.group(1), slots);
                return "";
            }
            if (!slots.contains(place.group(3))) {
                throw new IllegalArgumentException("{" + place.group(3) + "} is no slot");
            }
            return "";
        });
        if (STRAY.matcher(rest).find()) {
            throw new IllegalArgumentException("a bracket without its other in: " + text);
        }
        return new TemplateText(text);
    }

    /** @param values of the slots, by name; empty: left out */
    String fill(UnaryOperator<String> values) {
        return filled(values).strip();
    }

    private String filled(UnaryOperator<String> values) {
        StringBuilder filled = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            place.appendReplacement(filled, Matcher.quoteReplacement(filled(place, values)));
        }
        return place.appendTail(filled).toString();
    }

    private static String filled(Matcher place, UnaryOperator<String> values) {
        String optional = place.group("optional");
        if (optional != null) {
            boolean empty = PLACE.matcher(optional)
                    .results()
                    .anyMatch(inner -> values.apply(inner.group(3)).isEmpty());
            return empty ? "" : new TemplateText(optional).filled(values);
        }
        String value = values.apply(place.group("slot"));
        String article = place.group("article");
        return article == null ? value : withArticle(value, article.equals("A "));
    }

    private static String withArticle(String value, boolean first) {
        String head = HEAD_END.split(value, 2)[0].strip();
        if (COMPLETE.matcher(head).matches()) {
            return first ? value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1) : value;
        }
        return (first ? "A" : "a") + (VOWEL.matcher(value).matches() ? "n " : " ") + value;
    }
}
