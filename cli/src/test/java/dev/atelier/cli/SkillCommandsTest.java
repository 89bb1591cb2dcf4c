package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command line in the skills is one that the commands understand, and the words of a model are such as it knows. */
class SkillCommandsTest extends CommandLineFixture {
    private static final Path SKILLS = Path.of("../skills");
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("`(\\./atelier [^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern ROW = Pattern.compile("^\\| [a-z ]+ \\| ([a-z, ]+) \\|$", Pattern.MULTILINE);
    private static final String COMMAND = "./atelier ";

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SKILLS.toRealPath())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
                String text = Files.readString(file);
                Stream.concat(
                                BLOCK.matcher(text)
                                        .results()
                                        .flatMap(block -> block.group(1).lines()),
                                INLINE.matcher(text).results().map(inline -> inline.group(1)))
                        .filter(line -> line.contains(COMMAND))
                        .map(line -> line.substring(line.indexOf(COMMAND) + COMMAND.length()))
                        .forEach(commands::add);
            }
        }
        return commands;
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .toArray(String[]::new);
    }

    @Test
    void everyCommandIsUnderstood() throws IOException {
        List<String> commands = commands();
        assertThat(commands).hasSizeGreaterThan(20);
        for (String command : commands) {
            CommandLine commandLine =
                    Atelier.commandLine(Atelier.root(), environment(new Terminal(System.out, System.err, false)));
            CommandLine.ParseResult parsed = commandLine.parseArgs(words(command));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            assertThat(parsed.unmatched()).as(command).isEmpty();
        }
    }

    @Test
    void theWordsOfTheEmbeddedModelAreItsOwn() throws IOException {
        String page = Files.readString(SKILLS.resolve("atelier-prompting/references/seedling-1.md"));
        List<String> known = vocabulary();
        Matcher rows = ROW.matcher(page);
        int count = 0;
        while (rows.find()) {
            if (rows.group(1).equals("words")) {
                continue;
            }
            for (String word : rows.group(1).split(", ")) {
                assertThat(known).contains(word.strip());
                count++;
            }
        }
        assertThat(count).isGreaterThan(80);
    }

    /** The words of the first part of each entry. */
    private static List<String> vocabulary() throws IOException {
        try (InputStream in =
                SkillCommandsTest.class.getResourceAsStream("/dev/atelier/models/seedling-1/vocabulary.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> Arrays.stream(line.split("[=>,]")))
                    .map(String::strip)
                    .toList();
        }
    }
}
