package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the repository point at what is there. */
class DocumentsTest extends CommandLineFixture {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|#.*");
    private static final Pattern COMMAND = Pattern.compile("^  ([a-z][a-z-]*)  +\\p{Lu}", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    @Test
    void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher links = LINK.matcher(Files.readString(document));
            while (links.find()) {
                if (!ELSEWHERE.matcher(links.group(1)).matches() && !leads(document, links.group(1))) {
                    broken.add(ROOT.relativize(document) + ": " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyCommandHasARowInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        List<String> commands = COMMAND.matcher(run("--help").out())
                .results()
                .map(line -> line.group(1))
                .toList();
        assertThat(commands).contains("generate", "completion").doesNotContain("warm-up");
        assertThat(commands).allSatisfy(command -> assertThat(readme).contains("| `" + command));
    }

    private static boolean leads(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || HEADING.matcher(Files.readString(target))
                        .results()
                        .anyMatch(heading -> anchor(heading.group(1)).equals(parts[1]));
    }

    /** As forges make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} -]", "")
                .replace(' ', '-');
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> engine = Files.list(ROOT.resolve("engine"));
                Stream<Path> examples = Files.list(ROOT.resolve("examples"));
                Stream<Path> client = Files.list(ROOT.resolve("client"));
                Stream<Path> integration = Files.list(ROOT.resolve("integration"));
                Stream<Path> junit = Files.list(ROOT.resolve("junit"))) {
            return Stream.of(top, docs, engine, examples, client, integration, junit)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
