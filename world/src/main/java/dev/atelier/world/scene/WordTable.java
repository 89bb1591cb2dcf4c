package dev.atelier.world.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of this world as the {@code vocabulary.txt} of a model that was trained with it: what captions say, and beside each word
 * those that are nearly the same. {@code word = words that mean the same > kinds and near words}, one a line, by language.
 */
public final class WordTable {
    private static final String HEAD = """
            # Words that this model was trained with, one a line, and other words that it draws as them:
            #   word = words that mean the same > kinds of it and near words, which lose something
            """;
    private static final Pattern LINE = Pattern.compile("(?<word>[^=>]+)(?:=(?<same>[^=>]+))?(?:>(?<near>[^=>]+))?");
    private static final Pattern SAYABLE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} '&/-]{0,59}");
    private static final List<Class<? extends Term>> KINDS = List.of(
            AnimalKind.class,
            PersonKind.class,
            Garment.class,
            Headwear.class,
            Wearable.class,
            HairStyle.class,
            HairColour.class,
            Expression.class,
            Pose.class,
            StructureKind.class,
            Terrain.class,
            Water.class,
            Trees.class,
            Season.class,
            Time.class,
            Weather.class,
            FurnitureKind.class,
            RoomKind.class,
            Floor.class,
            ThingKind.class,
            ChartKind.class,
            Medium.class,
            Typeface.class,
            Stage.class,
            Side.class,
            Size.class,
            Hue.class,
            Material.class,
            Style.class);

    /** The other words of a word, in order. */
    private record Others(Set<String> same, Set<String> near) {
        Others() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    private WordTable() {}

    /**
     * The whole file; every word stands in it once.
     *
     * @param nouns whether captions speak of the things of {@link Nouns}
     */
    public static String text(boolean nouns) {
        List<Noun> things = nouns ? Nouns.all() : List.of();
        Set<String> otherSenses =
                Nouns.rows("other-senses.tsv").stream().map(row -> row[0]).collect(Collectors.toSet());
        StringBuilder text = new StringBuilder(HEAD);
        for (boolean chinese : new boolean[] {false, true}) {
            Map<String, Others> table = known(chinese, things);
            Set<String> taken = new HashSet<>(table.keySet());
            near(chinese, table, taken);
            for (Noun noun : things) {
                List<String> aliases = chinese ? Lexicon.chinese(noun) : Lexicon.english(noun);
                Others others = table.get(words(noun, chinese).getFirst());
                aliases.stream()
                        .filter(alias -> !otherSenses.contains(alias))
                        .filter(alias -> SAYABLE.matcher(alias).matches() && taken.add(alias))
                        .forEach(others.near()::add);
            }
            text.append(chinese ? "\n[chinese]\n" : "\n[english]\n");
            table.forEach((word, others) -> text.append(line(word, others)));
        }
        return text.toString();
    }

    private static String line(String word, Others others) {
        String same = others.same().isEmpty() ? "" : " = " + String.join(", ", others.same());
        String near = others.near().isEmpty() ? "" : " > " + String.join(", ", others.near());
        return word + same + near + "\n";
    }

    /** What captions say, each word once. */
    private static Map<String, Others> known(boolean chinese, List<Noun> things) {
        Map<String, Others> table = new LinkedHashMap<>();
        Stream<Term> terms =
                Stream.concat(KINDS.stream().flatMap(kind -> Arrays.stream(kind.getEnumConstants())), things.stream());
        terms.forEach(term -> words(term, chinese).forEach(word -> table.computeIfAbsent(word, _ -> new Others())));
        return table;
    }

    private static List<String> words(Term term, boolean chinese) {
        List<String> words = chinese ? term.words().chinese() : term.words().english();
        String plural = term instanceof Noun noun && !chinese ? noun.plural() : "";
        return Stream.concat(words.stream(), Stream.of(plural))
                .map(word -> word.startsWith("~") ? word.substring(1) : word)
                .filter(word -> SAYABLE.matcher(word).matches())
                .distinct()
                .toList();
    }

    /** The hand-made words for what captions say. */
    private static void near(boolean chinese, Map<String, Others> table, Set<String> taken) {
        boolean within = false;
        for (String line : handMade()) {
            if (line.startsWith("[")) {
                within = line.equals(chinese ? "[chinese]" : "[english]");
                continue;
            }
            Matcher entry = LINE.matcher(line);
            Others others =
                    within && entry.matches() ? table.get(entry.group("word").strip()) : null;
            if (others != null) {
                split(entry.group("same")).filter(taken::add).forEach(others.same()::add);
                split(entry.group("near")).filter(taken::add).forEach(others.near()::add);
            }
        }
    }

    private static Stream<String> split(String words) {
        return words == null ? Stream.of() : Arrays.stream(words.split(",")).map(String::strip);
    }

    private static List<String> handMade() {
        try (InputStream file = WordTable.class.getResourceAsStream("near.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
