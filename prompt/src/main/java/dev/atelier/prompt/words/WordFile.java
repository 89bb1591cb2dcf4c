package dev.atelier.prompt.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Named word lists and patterns from text files, UTF-8:
 *
 * <pre>
 * # A line that begins with '#' is a comment; so is what follows an entry after two blanks and '#'.
 * [season]      a list: one entry a line, each a word or a regular expression
 * spring
 * summer
 * [in-season +] a pattern in pieces, one a line, put together without anything between them
 * \bin\s+
 * {season}      the list of that name: (?:spring|summer)
 * </pre>
 *
 * A name may be used once it is defined, in the same file or in one that was read before it. Immutable after loading.
 */
public final class WordFile {
    private static final Pattern HEAD = Pattern.compile("\\[(?<name>[a-z][a-z0-9-]*)(?<pieces> \\+)?]");
    private static final Pattern COMMENT = Pattern.compile("(?:^\\s*|\\s{2,})#(?:\\s.*)?$");
    private static final Pattern USE = Pattern.compile("(?<!\\\\[pP])\\{(?<name>[a-z][a-z0-9-]*)}");

    private final Map<String, Section> sections = new LinkedHashMap<>();

    /**
     * One entry as written, with other names filled in.
     *
     * @param place file and line, for messages: "words.txt, line 12: "
     */
    private record Entry(String text, String place) {}

    /** What stands below one name; {@code place} is that of its head. */
    private record Section(boolean pieces, String place, List<Entry> entries) {
        String pattern() {
            List<String> texts = entries.stream().map(Entry::text).toList();
            return pieces ? String.join("", texts) : "(?:" + String.join("|", texts) + ")";
        }
    }

    private WordFile() {}

    /**
     * Reads {@code files}, which lie beside {@code owner}, in this order.
     *
     * @param given names that the files use and do not define, each a regular expression
     * @throws IllegalStateException naming file, line and fault when a file is missing or broken
     */
    public static WordFile load(Class<?> owner, Map<String, String> given, String... files) {
        WordFile words = new WordFile();
        given.forEach((name, pattern) ->
                words.sections.put(name, new Section(true, "", List.of(new Entry(pattern, "")))));
        for (String file : files) {
            words.read(lines(owner, file), file);
        }
        return words;
    }

    /** As {@link #load(Class, Map, String...)}, with nothing given. */
    public static WordFile load(Class<?> owner, String... files) {
        return load(owner, Map.of(), files);
    }

    /**
     * Reads one file outside the class path, in the same form.
     *
     * @throws IllegalStateException naming file, line and fault when it is missing, broken, no UTF-8 or larger than {@code maxBytes}
     */
    public static WordFile read(Path file, long maxBytes) {
        String name = file.getFileName().toString();
        try {
            long bytes = Files.size(file);
            if (bytes > maxBytes) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT, "%s: has %,d bytes; at most %,d are allowed", name, bytes, maxBytes));
            }
            WordFile words = new WordFile();
            words.read(Files.readAllLines(file), name);
            return words;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(name + ": is no text in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalStateException(name + ": cannot be read", e);
        }
    }

    /** Whether there is a list or pattern {@code name}. */
    public boolean has(String name) {
        return sections.containsKey(name);
    }

    /** The entries of list {@code name}, in the file's order. */
    public List<String> list(String name) {
        return read(name, Function.identity());
    }

    /**
     * The entries of list {@code name}, each as {@code reader} reads it.
     *
     * @throws IllegalStateException naming file and line when the reader throws an {@link IllegalArgumentException}
     */
    public <T> List<T> read(String name, Function<String, T> reader) {
        List<T> read = new ArrayList<>();
        for (Entry entry : section(name, "").entries()) {
            try {
                read.add(reader.apply(entry.text()));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(entry.place() + e.getMessage(), e);
            }
        }
        return List.copyOf(read);
    }

    /** The regular expression {@code name}: a list's alternatives in a group, a pattern's pieces in a row. */
    public String text(String name) {
        return section(name, "").pattern();
    }

    /** {@link #text} compiled. */
    public Pattern pattern(String name) {
        return Pattern.compile(text(name));
    }

    /** {@code regex} with the names in braces filled in: {@code {season}}. */
    public String fill(String regex) {
        return filled(regex, "");
    }

    private Section section(String name, String place) {
        Section section = sections.get(name);
        if (section == null) {
            throw new IllegalStateException(place + "there is no [" + name + "]");
        }
        return section;
    }

    private void read(List<String> lines, String file) {
        Section open = null;
        int number = 0;
        for (String line : lines) {
            number++;
            String place = file + ", line " + number + ": ";
            String entry = COMMENT.matcher(line).replaceFirst("").strip();
            Matcher head = HEAD.matcher(entry);
            if (head.matches()) {
                checkPieces(open);
                open = new Section(head.group("pieces") != null, place, new ArrayList<>());
                if (sections.put(head.group("name"), open) != null) {
                    throw new IllegalStateException(place + "[" + head.group("name") + "] is there already");
                }
            } else if (!entry.isEmpty()) {
                if (open == null) {
                    throw new IllegalStateException(place + "an entry before the first [name]");
                }
                String text = filled(entry, place);
                if (!open.pieces()) {
                    check(text, place);
                    if (open.entries().stream().anyMatch(other -> other.text().equals(text))) {
                        throw new IllegalStateException(place + "\"" + entry + "\" is in this list already");
                    }
                }
                open.entries().add(new Entry(text, place));
            }
        }
        checkPieces(open);
    }

    private static void checkPieces(Section section) {
        if (section != null && section.entries().isEmpty()) {
            throw new IllegalStateException(section.place() + "there is nothing below this [name]");
        }
        if (section != null && section.pieces()) {
            check(section.pattern(), section.place());
        }
    }

    private static void check(String pattern, String place) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalStateException(place + "\"" + pattern + "\" is no pattern: " + e.getDescription(), e);
        }
    }

    private String filled(String entry, String place) {
        return USE.matcher(entry)
                .replaceAll(use ->
                        Matcher.quoteReplacement(section(use.group(1), place).pattern()));
    }

    private static List<String> lines(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": there is no such file beside " + owner.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
