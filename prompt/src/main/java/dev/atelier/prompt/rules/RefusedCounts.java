package dev.atelier.prompt.rules;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of pictures that are said not to be wanted: "not three but two logos", "two logos, not three". */
final class RefusedCounts {
    /** "not three but " before "two logos". */
    private static final Pattern BEFORE = Words.pattern(
            "\\bnot\\s+{number}(?:\\s+(?:{plain}|{media}))?\\s*,?\\s*(?:but\\s+)?(?:rather\\s+|just\\s+|only\\s+)?$");

    /** ", not three" after "two logos". */
    private static final Pattern AFTER = Words.pattern(
            "\\s?[,(-]\\s*(?:and\\s+|but\\s+)?not\\s+{number}(?:\\s+(?:{plain}|{media}|of them))?\\)?(?=\\s*(?:$|[,.;!]))");

    private static final int MAX_BEFORE = 60;

    private RefusedCounts() {}

    /** Where the refusal begins that ends at {@code at}; {@code at} where there is none. */
    static int before(MaskedText text, int at) {
        Matcher refused = BEFORE.matcher(text.visible()).region(Math.max(0, at - MAX_BEFORE), at);
        return refused.find() ? refused.start() : at;
    }

    /** Adds what is refused after a count in {@code mentions}, so that it goes with that. */
    static void after(MaskedText text, List<CountMention> mentions) {
        Matcher refused = AFTER.matcher(text.visible());
        if (!mentions.isEmpty() && refused.find()) {
            CountMention main = mentions.getFirst();
            CountMention.add(mentions, new CountMention(Span.of(refused), "", main.count(), true, "", main.kind()));
        }
    }
}
