package dev.atelier.cli;

import dev.atelier.arena.Outcome;
import dev.atelier.arena.Vote;
import dev.atelier.cli.Failures.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder of exported votes: {@code all-votes.jsonl}, and {@code votes.jsonl} with its pictures for preference tuning. */
final class VoteFolder {
    static final String ALL = "all-votes.jsonl";
    static final String PAIRS = "votes.jsonl";

    private final Path folder;

    VoteFolder(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Every vote. */
    List<Vote> votes() throws IOException {
        Path file = file(ALL);
        if (!Files.isRegularFile(file)) {
            throw new UsageException(folder + " has no " + ALL + "; 'atelier arena export' writes one");
        }
        List<Vote> votes = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                votes.add(vote(line, file + ", line " + number));
            }
        }
        return votes;
    }

    private static Vote vote(String line, String where) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            List<Double> style =
                    json.path("style").valueStream().map(JsonNode::asDouble).toList();
            return new Vote(
                    json.path("battle").asString(""),
                    json.path("voter").asString(""),
                    json.path("left").asString(""),
                    json.path("right").asString(""),
                    Outcome.parse(json.path("choice").asString("")),
                    json.path("task").asString(""),
                    json.path("category").asString(""),
                    style,
                    json.path("repeats").asString(""),
                    json.hasNonNull("date") ? Instant.parse(json.path("date").asString()) : Instant.EPOCH);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(where + ": no JSON");
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage());
        }
    }

    /**
     * Adds the votes and pictures of another folder; a vote that is here already stays as it is.
     *
     * @return how many votes were new
     */
    int add(VoteFolder other) throws IOException {
        other.votes();
        Files.createDirectories(folder);
        int added = merge(other, ALL);
        if (Files.isRegularFile(other.file(PAIRS))) {
            merge(other, PAIRS);
        }
        Path pictures = other.file("pictures");
        if (Files.isDirectory(pictures)) {
            Files.createDirectories(file("pictures"));
            try (var files = Files.list(pictures)) {
                for (Path one : files.toList()) {
                    Files.copy(one, file("pictures").resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return added;
    }

    private int merge(VoteFolder other, String name) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        read(file(name), lines);
        int before = lines.size();
        read(other.file(name), lines);
        Files.write(file(name), lines.values());
        return lines.size() - before;
    }

    /** A voter has one vote in a battle; of a sequence there is a pair for each picture. */
    private static void read(Path file, Map<String, String> lines) throws IOException {
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    JsonNode json = JsonMapper.shared().readTree(line);
                    String key = json.path("battle").asString("") + "\n"
                            + json.path("voter").asString("") + "\n"
                            + json.path("winner").asString("") + "\n"
                            + json.path("prompt").asString("");
                    lines.putIfAbsent(key, line);
                }
            }
        }
    }
}
