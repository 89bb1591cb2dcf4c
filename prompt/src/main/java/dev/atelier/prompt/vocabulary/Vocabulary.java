package dev.atelier.prompt.vocabulary;

import dev.atelier.prompt.words.WordFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A model's words and which others stand for the same or nearly so, from {@code models/NAME.txt}. Immutable. */
final class Vocabulary {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,60}");
    private static final Pattern ARTICLE = Pattern.compile("(?i)\\b(?<article>an?)\\s+$");
    private static final Pattern ENTRY = Pattern.compile("(?<word>[^=>,]+)(?:=(?<same>[^=>]+))?(?:>(?<near>[^=>]+))?");

    private static final WordFile PLAIN = WordFile.load(Vocabulary.class, "plain-words.txt");
    private static final Pattern PLAIN_ENGLISH = Pattern.compile("(?i)" + PLAIN.text("english") + "(?:'s)?");
    private static final Pattern PLAIN_CHINESE = PLAIN.pattern("chinese");
    private static final Pattern ENGLISH_WORD = Pattern.compile("[\\p{IsLatin}\\d][\\p{IsLatin}\\d'-]*");
    private static final Pattern CHINESE_RUN = Pattern.compile("\\p{IsHan}{2,8}");

    private final Map<String, Meaning> known = new HashMap<>();
    private final Pattern english;
    private final Pattern chinese;

    /** What a word is drawn as, and whether it means the same. */
    private record Meaning(String word, boolean same) {}

    /** One line of the table. */
    private record Entry(String word, List<String> same, List<String> near) {
        static Entry of(String line) {
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "\"" + line + "\" is not of the form: word = words that mean the same > near words");
            }
            return new Entry(entry.group("word").strip(), words(entry.group("same")), words(entry.group("near")));
        }

        private static List<String> words(String listed) {
            return listed == null
                    ? List.of()
                    : Arrays.stream(listed.split(",")).map(String::strip).toList();
        }
    }

    private Vocabulary(WordFile words) {
        english = Pattern.compile(
                "(?i)(?<![\\p{L}\\d'-])(" + alternatives(words.read("english", this::add)) + ")(s)?(?![\\p{L}\\d'-])");
        chinese = Pattern.compile(alternatives(words.read("chinese", this::add)));
    }

    static boolean exists(String name) {
        return NAME.matcher(name).matches() && Vocabulary.class.getResource(file(name)) != null;
    }

    /**
     * @throws IllegalArgumentException when there is no table of this name
     * @throws IllegalStateException naming file and line when it is broken
     */
    static Vocabulary load(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("vocabulary: \"" + name + "\" is no table's name");
        }
        if (!exists(name)) {
            throw new IllegalArgumentException("vocabulary: there is no table \"" + name + "\"");
        }
        return new Vocabulary(WordFile.load(Vocabulary.class, file(name)));
    }

    private static String file(String name) {
        return "models/" + name + ".txt";
    }

    private List<String> add(String line) {
        Entry entry = Entry.of(line);
        List<String> words = new ArrayList<>();
        add(entry.word(), new Meaning(entry.word(), true), words);
        entry.same().forEach(word -> add(word, new Meaning(entry.word(), true), words));
        entry.near().forEach(word -> add(word, new Meaning(entry.word(), false), words));
        return words;
    }

    private void add(String word, Meaning meaning, List<String> words) {
        Meaning before = known.put(word, meaning);
        if (before != null) {
            throw new IllegalArgumentException("\"" + word + "\" is said to be " + before.word() + " already");
        }
        words.add(word);
    }

    /** The model's words are alternatives too: a word inside one of them is not replaced. Longest first. */
    private static String alternatives(List<List<String>> entries) {
        return entries.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    /**
     * What was said in other words.
     *
     * @param same words for which the model has another that means the same, as "noon → midday"
     * @param near words that lost something, as "corgi → dog"
     */
    record Replaced(Set<String> same, Set<String> near) {
        Replaced() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    /**
     * {@code text} in the model's words.
     *
     * @param replaced is given each replacement
     */
    String adapt(String text, Replaced replaced) {
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

    private String replace(Pattern pattern, String text, Replaced replaced) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder adapted = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            boolean plural = pattern == english && matcher.group(2) != null;
            String word = pattern == english ? matcher.group(1) : matcher.group();
            Meaning meaning = known.get(word.toLowerCase(Locale.ROOT));
            String better = meaning.word();
            if (better.equalsIgnoreCase(word)) {
                continue;
            }
            String said = plural && !better.endsWith("s") ? better + "s" : better;
            adapted.append(withArticle(text.substring(at, matcher.start()), said))
                    .append(said);
            at = matcher.end();
            (meaning.same() ? replaced.same() : replaced.near()).add(matcher.group() + " → " + said);
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
