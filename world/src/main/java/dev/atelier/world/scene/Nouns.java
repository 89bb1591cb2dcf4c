package dev.atelier.world.scene;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of nouns of which there are drawings. */
public final class Nouns {
    private static final String FOLDER = "/dev/atelier/world/things/";
    private static final List<Noun> ALL = read();
    private static final Map<String, Noun> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Noun::name, Function.identity()));
    private static final List<Noun> COMMON = ALL.stream().filter(Noun::common).toList();
    private static final List<Noun> RARE =
            ALL.stream().filter(noun -> !noun.common()).toList();

    private Nouns() {}

    /** All, a noun at the place of its ordinal. */
    public static List<Noun> all() {
        return ALL;
    }

    /** Those that people ask for most. */
    public static List<Noun> common() {
        return COMMON;
    }

    public static List<Noun> rare() {
        return RARE;
    }

    public static Optional<Noun> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The rows of a table of the folder of drawings without its heading, each split at its tabs. */
    static List<String[]> rows(String table) {
        try (InputStream file = Nouns.class.getResourceAsStream(FOLDER + table)) {
            if (file == null) {
                throw new IllegalStateException(FOLDER + table + " is not on the class path");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
            return reader.lines().skip(1).map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Noun> read() {
        Map<String, String[]> colours = new HashMap<>();
        rows("colours.tsv").forEach(row -> colours.put(row[0], row));
        List<Noun> nouns = new ArrayList<>();
        for (String[] row : rows("nouns.tsv")) {
            String[] colour = colours.getOrDefault(row[0], new String[] {row[0], "", ""});
            nouns.add(new Noun(
                    nouns.size(),
                    row[0],
                    Words.of(row[1], row[3]),
                    row[2],
                    row[4],
                    row[5],
                    Footing.valueOf(row[6].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(row[7]),
                    row[8].equals("common"),
                    sets(row[9]),
                    colour[1].isEmpty() ? null : Hue.valueOf(colour[1]),
                    colour[2].equals("dyeable") && !namesColour(row[1])));
        }
        return List.copyOf(nouns);
    }

    /** Whether a name says a colour, as a red apple's does, so that it would contradict another. */
    private static boolean namesColour(String english) {
        return Arrays.stream(Hue.values())
                .flatMap(hue -> hue.words().english().stream())
                .anyMatch(word -> Arrays.asList(english.split("[ |~-]+")).contains(word));
    }

    private static Set<Style> sets(String names) {
        return Arrays.stream(names.split(","))
                .map(name -> switch (name) {
                    case "soft" -> Style.SOFT;
                    case "flat" -> Style.FLAT;
                    case "noto" -> Style.CARTOON;
                    default -> throw new IllegalStateException("nouns.tsv: no set is called " + name);
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
