package dev.atelier.prompt.vocabulary;

import dev.atelier.prompt.words.WordFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A model's words and which others stand for the same, from {@code NAME.json}. Immutable. */
final class Vocabulary {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,60}");
    private static final Pattern ARTICLE = Pattern.compile("(?i)\\b(?<article>an?)\\s+$");

    private static final WordFile PLAIN = WordFile.load(Vocabulary.class, "plain-words.txt");
    private static final Pattern PLAIN_ENGLISH = Pattern.compile("(?i)" + PLAIN.text("english") + "(?:'s)?");
    private static final Pattern PLAIN_CHINESE = PLAIN.pattern("chinese");
    private static final Pattern ENGLISH_WORD = Pattern.compile("[\\p{IsLatin}\\d][\\p{IsLatin}\\d'-]*");
    private static final Pattern CHINESE_RUN = Pattern.compile("\\p{IsHan}{2,8}");

    private final Map<String, String> known = new HashMap<>();
    private final Pattern english;
    private final Pattern chinese;

    /**
     * @param en the model's English words, each with other words for it
     * @param zh the same in Chinese
     */
    private record Tables(Map<String, List<String>> en, Map<String, List<String>> zh) {}

    private Vocabulary(Tables tables) {
        english = Pattern.compile("(?i)(?<![\\p{L}\\d'-])(" + alternatives(tables.en()) + ")(s)?(?![\\p{L}\\d'-])");
        chinese = Pattern.compile(alternatives(tables.zh()));
    }

    static boolean exists(String name) {
        return NAME.matcher(name).matches() && Vocabulary.class.getResource(name + ".json") != null;
    }

    /** @throws IllegalArgumentException when there is no table of this name */
    static Vocabulary load(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("vocabulary: \"" + name + "\" is no table's name");
        }
        try (InputStream in = Vocabulary.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("vocabulary: there is no table \"" + name + "\"");
            }
            return new Vocabulary(JsonMapper.builder().build().readValue(in, Tables.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model's words are alternatives too: a word inside one of them is not replaced. Longest first. */
    private String alternatives(Map<String, List<String>> table) {
        List<String> words = new ArrayList<>();
        table.forEach((word, others) -> {
            known.put(word, word);
            words.add(word);
            for (String other : others) {
                known.put(other, word);
                words.add(other);
            }
        });
        words.sort(Comparator.comparingInt(String::length).reversed());
        return String.join("|", words.stream().map(Pattern::quote).toList());
    }

    /**
     * {@code text} in the model's words.
     *
     * @param replaced is given each replacement as "kitty → cat"
     */
    String adapt(String text, Set<String> replaced) {
        return replace(chinese, replace(english, text, replaced), replaced);
    }

    /** Adds the words of {@code text} that name something and that this vocabulary does not hold, in order, without their articles. */
    void unknown(String text, Set<String> unknown) {
        String rest = chinese.matcher(english.matcher(text).replaceAll(",")).replaceAll(",");
        Matcher word = ENGLISH_WORD.matcher(rest);
        while (word.find()) {
            if (word.group().length() > 2
                    && !PLAIN_ENGLISH.matcher(word.group()).matches()) {
                unknown.add(word.group().replaceFirst("'s$", ""));
            }
        }
        Matcher run = CHINESE_RUN.matcher(PLAIN_CHINESE.matcher(rest).replaceAll(","));
        while (run.find()) {
            unknown.add(run.group());
        }
    }

    private String replace(Pattern pattern, String text, Set<String> replaced) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder adapted = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            boolean plural = pattern == english && matcher.group(2) != null;
            String word = pattern == english ? matcher.group(1) : matcher.group();
            String better = known.get(word.toLowerCase(Locale.ROOT));
            if (better.equalsIgnoreCase(word)) {
                continue;
            }
            String said = plural && !better.endsWith("s") ? better + "s" : better;
            adapted.append(withArticle(text.substring(at, matcher.start()), said))
                    .append(said);
            at = matcher.end();
            replaced.add(matcher.group() + " → " + said);
        }
        return adapted.append(text.substring(at)).toString();
    }

    /** The text before a replaced word with the article that the new one takes: none before a plural, "an" before a vowel. */
    private static String withArticle(String before, String word) {
        Matcher article = ARTICLE.matcher(before);
        if (!article.find()) {
            return before;
        }
        String kept = before.substring(0, article.start());
        boolean plural = word.matches("mountains|hills|dunes|cacti|headphones|(?:.* )?(?:trees|palms|pines|peaks)");
        if (plural) {
            return kept;
        }
        boolean capital = Character.isUpperCase(article.group("article").charAt(0));
        String a = "aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ";
        return kept + (capital ? "A" + a.substring(1) : a);
    }
}
