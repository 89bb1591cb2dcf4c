package dev.atelier.prompt.words;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's words and which others stand for the same or nearly so, from {@value #FILE} in the model's folder: a {@link WordFile}
 * with the lists {@code [english]} and {@code [chinese]}, one entry a line,
 *
 * <pre>
 * dog = doggy, pooch > corgi, poodle
 * </pre>
 *
 * the word that the model knows, words that mean the same, and kinds and near words, which lose something. Both parts may be left out,
 * and every word stands in the file once. Immutable.
 */
public final class Vocabulary {
    public static final String FILE = "vocabulary.txt";

    /** Of a model that takes free text. */
    public static final Vocabulary NONE = new Vocabulary();

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_WORD = 60;
    private static final Pattern ARTICLE = Pattern.compile("(?i)\\b(?<article>an?)\\s{1,9}$");
    private static final Pattern ENTRY =
            Pattern.compile("(?<word>[^=>,]{1,200})(?:=(?<same>[^=>]+))?(?:>(?<near>[^=>]+))?");

    private static final WordFile PLAIN = WordFile.load(Vocabulary.class, "plain-words.txt");
    private static final Pattern PLAIN_ENGLISH = Pattern.compile("(?i)" + PLAIN.text("english") + "(?:'s)?");
    private static final Pattern PLAIN_CHINESE = PLAIN.pattern("chinese");
    private static final Pattern ENGLISH_WORD = Pattern.compile("[\\p{IsLatin}\\d][\\p{IsLatin}\\d'-]*");
    private static final Pattern CHINESE_RUN = Pattern.compile("\\p{IsHan}{2,8}");

    private final Map<String, Meaning> known = new HashMap<>();
    /** Characters of the longest word that begins with a character. */
    private final Map<Character, Integer> longest = new HashMap<>();

    /** What a word is drawn as, and whether it means the same. */
    private record Meaning(String word, boolean same) {}

    /** A place in a text where a known word stands; {@code plural} with an "s" behind it that the table does not have. */
    private record Hit(int start, int end, Meaning meaning, boolean plural) {}

    private Vocabulary() {}

    private Vocabulary(WordFile words) {
        for (String language : List.of("english", "chinese")) {
            if (words.has(language)) {
                words.read(language, this::add);
            }
        }
    }

    /**
     * That of the model in {@code folder}; {@link #NONE} where it has no such file.
     *
     * @throws IllegalArgumentException naming file, line and fault when the file is broken or has more than 1 MiB
     */
    public static Vocabulary ofModel(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            return new Vocabulary(WordFile.read(file, MAX_BYTES));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether the model takes free text. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    private String add(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" is not of the form: word = words that mean the same > near words");
        }
        String word = entry.group("word").strip();
        add(word, new Meaning(word, true));
        listed(entry.group("same")).forEach(other -> add(other, new Meaning(word, true)));
        listed(entry.group("near")).forEach(other -> add(other, new Meaning(word, false)));
        return word;
    }

    private static List<String> listed(String words) {
        return words == null
                ? List.of()
                : Arrays.stream(words.split(",")).map(String::strip).toList();
    }

    private void add(String word, Meaning meaning) {
        if (word.isEmpty() || word.length() > MAX_WORD) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" has " + word.length() + " characters; 1 to " + MAX_WORD + " are allowed");
        }
        Meaning before = known.put(word.toLowerCase(Locale.ROOT), meaning);
        longest.merge(Character.toLowerCase(word.charAt(0)), word.length(), Math::max);
        if (before != null) {
            throw new IllegalArgumentException("\"" + word + "\" is said to be " + before.word() + " already");
        }
    }

    /**
     * What was said in other words.
     *
     * @param same words for which the model has another that means the same, as "noon → midday"
     * @param near words that lost something, as "corgi → dog"
     */
    public record Replaced(Set<String> same, Set<String> near) {
        public Replaced() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    /**
     * {@code text} in the model's words.
     *
     * @param replaced is given each replacement
     */
    public String adapt(String text, Replaced replaced) {
        StringBuilder adapted = new StringBuilder();
        int at = 0;
        for (Hit hit : hits(text)) {
            String said = hit.meaning().word();
            String word = text.substring(hit.start(), hit.end());
            if (said.equalsIgnoreCase(hit.plural() ? word.substring(0, word.length() - 1) : word)) {
                continue;
            }
            String better = hit.plural() && !said.endsWith("s") ? said + "s" : said;
            adapted.append(withArticle(text.substring(at, hit.start()), better)).append(better);
            at = hit.end();
            (hit.meaning().same() ? replaced.same() : replaced.near()).add(word + " → " + better);
        }
        return adapted.append(text.substring(at)).toString();
    }

    /** Adds the words of {@code text} that name something and that this vocabulary does not hold, in order, without their articles. */
    public void unknown(String text, Set<String> unknown) {
        StringBuilder rest = new StringBuilder(text);
        for (Hit hit : hits(text)) {
            for (int i = hit.start(); i < hit.end(); i++) {
                rest.setCharAt(i, ',');
            }
        }
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

    /** Where known words stand, the longest at each place; a word inside a longer one is none. */
    private List<Hit> hits(String text) {
        List<Hit> hits = new ArrayList<>();
        String lower = lower(text);
        int at = 0;
        while (at < lower.length()) {
            Hit hit = begins(lower, at) ? longest(lower, at) : null;
            if (hit != null) {
                hits.add(hit);
            }
            at = hit == null ? at + 1 : hit.end();
        }
        return hits;
    }

    private Hit longest(String lower, int at) {
        int most = longest.getOrDefault(lower.charAt(at), 0);
        for (int end = Math.min(lower.length(), at + most + 1); end > at; end--) {
            if (!ends(lower, end)) {
                continue;
            }
            Meaning meaning = known.get(lower.substring(at, end));
            if (meaning != null) {
                return new Hit(at, end, meaning, false);
            }
            boolean plural = lower.charAt(end - 1) == 's' && end - 1 > at;
            Meaning one = plural ? known.get(lower.substring(at, end - 1)) : null;
            if (one != null && !han(lower.charAt(end - 2))) {
                return new Hit(at, end, one, true);
            }
        }
        return null;
    }

    /** Lower case, a character for a character. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            lower.append(Character.toLowerCase(text.charAt(i)));
        }
        return lower.toString();
    }

    private static boolean begins(String text, int at) {
        return han(text.charAt(at)) || part(text.charAt(at)) && (at == 0 || !latin(text.charAt(at - 1)));
    }

    private static boolean ends(String text, int end) {
        return han(text.charAt(end - 1)) || end == text.length() || !latin(text.charAt(end));
    }

    private static boolean latin(char c) {
        return !han(c) && (part(c) || c == '\'' || c == '-');
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c);
    }

    private static boolean han(char c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    /** The text before a replaced word with the article that the new one takes: none before a plural, "an" before a vowel. */
    private static String withArticle(String before, String word) {
        Matcher article = ARTICLE.matcher(before).region(Math.max(0, before.length() - 12), before.length());
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
