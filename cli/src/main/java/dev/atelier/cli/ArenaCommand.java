package dev.atelier.cli;

import dev.atelier.arena.Leaderboard;
import dev.atelier.arena.Ranking;
import dev.atelier.arena.RankingRules;
import dev.atelier.arena.Standing;
import dev.atelier.arena.Vote;
import dev.atelier.cli.Failures.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code atelier arena}: blind votes on a service's models, and what they say. */
@Command(
        name = "arena",
        description = "Vote blindly between models, rank them, take the votes out, give aliases the better model.",
        synopsisSubcommandLabel = "COMMAND")
final class ArenaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private ArenaCommand() {}

    /** The command with its subcommands. */
    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new ArenaCommand())
                .addSubcommand(new Run(terminal, System.in))
                .addSubcommand(new Board(terminal))
                .addSubcommand(new Export(terminal))
                .addSubcommand(new Import(terminal))
                .addSubcommand(new Promote(terminal))
                .addSubcommand(new Undo(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "run, board, export, import, promote or undo is missing");
    }

    @Command(
            name = "run",
            description = "Vote in the terminal: pictures go to a folder, answers come from the keyboard.")
    static final class Run implements Callable<Integer> {
        private final Terminal terminal;
        private final InputStream keyboard;

        @Mixin
        private ArenaService service;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "DIR",
                description = "Where the pictures are put (default: arena).")
        private Path output = Path.of("arena");

        Run(Terminal terminal, InputStream keyboard) {
            this.terminal = terminal;
            this.keyboard = keyboard;
        }

        @Override
        public Integer call() throws IOException {
            BufferedReader answers = new BufferedReader(new InputStreamReader(keyboard, StandardCharsets.UTF_8));
            Files.createDirectories(output);
            while (true) {
                JsonNode battle = service.get("/api/v1/arena/battle");
                if (!battle.path("ready").asBoolean()) {
                    terminal.note(battle.path("reason").asString(""));
                    return ExitCode.OK;
                }
                terminal.note("\n" + battle.path("prompt").asString(""));
                for (String side : List.of("sources", "left", "right")) {
                    save(battle.path(side), side);
                }
                terminal.note("l left, r right, t tie, b both bad, q quit:");
                String choice = choice(answers);
                if (choice.isEmpty()) {
                    return ExitCode.OK;
                }
                ObjectNode vote = JsonMapper.shared().createObjectNode();
                vote.put("token", battle.path("token").asString("")).put("choice", choice);
                JsonNode voted =
                        service.post("/api/v1/arena/battle/" + battle.path("id").asString("") + "/vote", vote);
                terminal.result(choice + "  left " + voted.at("/left/contender").asString("") + "  right "
                        + voted.at("/right/contender").asString(""));
            }
        }

        private void save(JsonNode urls, String side) throws IOException {
            int number = 1;
            for (JsonNode url : urls) {
                Path file = output.resolve(side + (urls.size() > 1 ? "-" + number : "") + ".png");
                Files.write(file, service.file(url.asString()));
                terminal.note(side + ": " + file);
                number++;
            }
        }

        /** Empty: no more. */
        private String choice(BufferedReader answers) throws IOException {
            while (true) {
                String line = answers.readLine();
                switch (line == null ? "q" : line.strip().toLowerCase(Locale.ROOT)) {
                    case "l", "left" -> {
                        return "left";
                    }
                    case "r", "right" -> {
                        return "right";
                    }
                    case "t", "tie" -> {
                        return "tie";
                    }
                    case "b", "both_bad" -> {
                        return "both_bad";
                    }
                    case "q", "quit" -> {
                        return "";
                    }
                    default -> terminal.note("'" + line + "' is none of l, r, t, b, q");
                }
            }
        }
    }

    @Command(name = "board", description = "The leaderboard of a service, or of a folder of exported votes.")
    static final class Board implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(arity = "0..1", paramLabel = "DIR", description = "Exported votes, in place of --url.")
        private Path folder;

        @Mixin
        private ArenaService service;

        @Option(names = "--task", paramLabel = "TASK", description = "text-to-image, edit or sequence (default: all).")
        private String task = "";

        @Option(names = "--category", paramLabel = "NAME", description = "Such as film (default: all).")
        private String category = "";

        @Option(names = "--anchor", paramLabel = "NAME", description = "Whose score is 1000 (default: the mean).")
        private String anchor = "";

        Board(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            if ((folder == null) != service.isGiven()) {
                throw new UsageException("either DIR or --url is needed");
            }
            terminal.result("rank  score      95 %          votes  voters  contender");
            if (folder == null) {
                remote();
            } else {
                local();
            }
            return ExitCode.OK;
        }

        private void local() throws IOException {
            List<Vote> votes = new VoteFolder(folder)
                    .votes().stream()
                            .filter(vote -> task.isEmpty() || vote.task().equals(task))
                            .filter(vote ->
                                    category.isEmpty() || vote.category().equals(category))
                            .toList();
            Leaderboard board = Ranking.of(votes, List.of(), RankingRules.DEFAULT.withAnchor(anchor))
                    .leaderboard();
            for (Standing one : board.standings()) {
                row(
                        one.rank(),
                        new double[] {
                            one.score().value(),
                            one.score().lower(),
                            one.score().upper()
                        },
                        one.votes(),
                        one.voters(),
                        one.model(),
                        one.provisional());
            }
            board.suspicious().forEach(one -> terminal.note("left out: " + one.voter() + ", " + one.why()));
        }

        private void remote() {
            JsonNode board = service.get("/api/v1/arena/leaderboard?task=" + ArenaService.encoded(task) + "&category="
                    + ArenaService.encoded(category) + "&anchor=" + ArenaService.encoded(anchor));
            for (JsonNode one : board.path("standings")) {
                JsonNode score = one.path("score");
                row(
                        one.path("rank").asInt(),
                        new double[] {
                            score.path("value").asDouble(),
                            score.path("lower").asDouble(),
                            score.path("upper").asDouble()
                        },
                        one.path("votes").asInt(),
                        one.path("voters").asInt(),
                        one.path("contender").asString(""),
                        one.path("provisional")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList());
            }
            for (JsonNode one : board.path("suspicious")) {
                terminal.note("left out: " + one.path("voter").asString("") + ", "
                        + one.path("why").asString(""));
            }
        }

        private void row(int rank, double[] score, int votes, int voters, String name, List<String> provisional) {
            String mark = provisional.isEmpty() ? "" : "  (provisional: " + String.join("; ", provisional) + ")";
            terminal.result(String.format(
                    Locale.ROOT,
                    "%4d  %5.0f  %5.0f to %5.0f  %9d  %6d  %s%s",
                    rank,
                    score[0],
                    score[1],
                    score[2],
                    votes,
                    voters,
                    name,
                    mark));
        }
    }

    @Command(
            name = "export",
            description =
                    "Votes and their pictures into a folder, as 'atelier train --stage prefer --pairs DIR/votes.jsonl' reads them.")
    static final class Export implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "DIR", description = "Where to; made when it is missing.")
        private Path folder;

        @Mixin
        private ArenaService service;

        Export(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            List<String> pairs = new ArrayList<>();
            Files.createDirectories(folder.resolve("pictures"));
            for (String line : service.text("/api/v1/arena/votes.jsonl").lines().toList()) {
                ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(line);
                json.put("winner", brought(json.path("winner").asString("")));
                json.put("loser", brought(json.path("loser").asString("")));
                if (json.has("references")) {
                    ArrayNode here = JsonMapper.shared().createArrayNode();
                    for (JsonNode one : json.path("references")) {
                        here.add(brought(one.asString("")));
                    }
                    json.set("references", here);
                }
                pairs.add(json.toString());
            }
            VoteFolder votes = new VoteFolder(folder);
            Files.write(votes.file(VoteFolder.PAIRS), pairs);
            List<String> all =
                    service.text("/api/v1/arena/votes.jsonl?all=true").lines().toList();
            Files.write(votes.file(VoteFolder.ALL), all);
            terminal.result(pairs.size() + " pairs of " + all.size() + " votes in " + votes.file(VoteFolder.PAIRS));
            return ExitCode.OK;
        }

        /** The picture's path in the folder; names come of their content, so one that is there is the same. */
        private String brought(String url) throws IOException {
            String name = url.substring(url.lastIndexOf('/') + 1).replaceAll("[^0-9a-z.]", "");
            Path file = folder.resolve("pictures").resolve(name);
            if (Files.notExists(file)) {
                Files.write(file, service.file(url));
            }
            return "pictures/" + name;
        }
    }

    @Command(name = "import", description = "Add the votes of one exported folder to another; each counts once.")
    static final class Import implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "FROM", description = "Exported votes.")
        private Path from;

        @Parameters(index = "1", paramLabel = "DIR", description = "The folder that they are added to.")
        private Path folder;

        Import(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException {
            int added = new VoteFolder(folder).add(new VoteFolder(from));
            terminal.result(added + " votes added to " + folder);
            return ExitCode.OK;
        }
    }

    @Command(name = "promote", description = "Give an alias a contender's model, if votes and evaluation allow it.")
    static final class Promote implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "ALIAS", description = "A name of the catalog.")
        private String alias;

        @Option(names = "--to", required = true, paramLabel = "NAME", description = "The contender.")
        private String to;

        @Option(
                names = "--facts-before",
                required = true,
                paramLabel = "SHARE",
                description = "Attributes that 'atelier evaluate' read in the old model's pictures, 0 to 1.")
        private double before;

        @Option(names = "--facts-after", required = true, paramLabel = "SHARE", description = "In the new one's.")
        private double after;

        @Option(
                names = "--margin",
                paramLabel = "POINTS",
                description = "Least lower bound of the difference (default: 0, the intervals must lie apart).")
        private double margin;

        @Mixin
        private ArenaService service;

        Promote(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            ObjectNode wish = JsonMapper.shared().createObjectNode();
            wish.put("alias", alias)
                    .put("to", to)
                    .put("margin", margin)
                    .put("facts_before", before)
                    .put("facts_after", after);
            told(terminal, service.post("/api/v1/arena/promotions", wish), "to");
            return ExitCode.OK;
        }
    }

    @Command(name = "undo", description = "Take the latest promotion of an alias back.")
    static final class Undo implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "ALIAS", description = "A name of the catalog.")
        private String alias;

        @Mixin
        private ArenaService service;

        Undo(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            told(terminal, service.delete("/api/v1/arena/promotions?alias=" + ArenaService.encoded(alias)), "from");
            return ExitCode.OK;
        }
    }

    private static void told(Terminal terminal, JsonNode promotion, String which) {
        terminal.result(promotion.path("alias").asString("") + " is served by "
                + promotion.path(which).asString(""));
    }
}
