package dev.atelier.server.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ArenaTest {
    private static final String[] BY_HAND = {
        "--atelier.arena.idle-after=0s",
        "--atelier.arena.every=100h",
        "--atelier.arena.repeat-share=0",
        "--atelier.arena.size=256"
    };

    @TempDir
    private Path data;

    private ScriptedServer start(DataSource database, String... more) {
        List<String> settings = new ArrayList<>(List.of(BY_HAND));
        settings.addAll(List.of(more));
        return ScriptedServer.start(database, data, settings.toArray(String[]::new));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void twoContenders(ScriptedServer server) {
        for (int steps : new int[] {2, 8}) {
            server.bean(Contenders.class)
                    .enter(new Contenders.Wish("of-" + steps, "seedling-1", List.of(), steps, -1, "", true));
        }
    }

    /** Has battles made until so many are ready. */
    private static void battles(ScriptedServer server, int count) {
        Arena arena = server.bean(Arena.class);
        for (int i = 0; i < count; i++) {
            arena.look();
            finish(server);
        }
        server.bean(BattleMaker.class).settle();
    }

    private static void finish(ScriptedServer server) {
        for (String order : server.bean(IdleTime.class).ownOrders()) {
            server.predictions().await(order, Arena.OWNER, ScriptedServer.PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBattleIsBlindUntilItsOneVote(TestDatabase database) throws Exception {
        try (ScriptedServer server = start(database.migrated(), "--atelier.arena.built-in=false")) {
            server.bean(ArenaPrompts.class).add("a barn", "", "rooms", 1, "", "local");
            assertThat(json(server.send("GET", "/api/v1/arena/battle", ""))
                            .at("/data/reason")
                            .asString())
                    .startsWith("there are 0 contenders");
            twoContenders(server);
            battles(server, 1);

            HttpResponse<String> shown = server.send("GET", "/api/v1/arena/battle", "");
            JsonNode battle = json(shown).get("data");
            assertThat(battle.get("ready").asBoolean()).as(shown.body()).isTrue();
            assertThat(shown.body()).doesNotContain("of-2", "of-8", "seedling", "seed", "steps", "pred_");
            assertThat(battle.get("width").asInt()).isEqualTo(256);
            for (String side : List.of("left", "right")) {
                String url = battle.get(side).get(0).stringValue();
                assertThat(chunks(server, url.substring(url.lastIndexOf('/') + 1)))
                        .containsOnly("IHDR", "IDAT", "IEND");
            }
            assertThat(server.predictions().list("", 10, "local").predictions()).isEmpty();
            assertThat(server.predictions().list("", 10, Arena.OWNER).predictions())
                    .isEmpty();

            String vote = "/api/v1/arena/battle/" + battle.get("id").stringValue() + "/vote";
            String token = battle.get("token").stringValue();
            assertThat(server.send("POST", vote, body(token, "best")).statusCode())
                    .isEqualTo(400);
            assertThat(server.send("POST", vote, body(token + "x", "left")).statusCode())
                    .isEqualTo(403);
            JsonNode voted =
                    json(server.send("POST", vote, body(token, "left"))).get("data");
            assertThat(List.of(
                            voted.at("/left/contender").stringValue(),
                            voted.at("/right/contender").stringValue()))
                    .containsExactlyInAnyOrder("of-2", "of-8");
            assertThat(voted.at("/left/weights").stringValue()).hasSize(64);
            assertThat(server.send("POST", vote, body(token, "right")).statusCode())
                    .isEqualTo(409);
            assertThat(json(server.send("GET", "/api/v1/arena/battle", ""))
                            .at("/data/ready")
                            .asBoolean())
                    .isFalse();

            String winner = voted.at("/left/contender").stringValue();
            JsonNode board =
                    json(server.send("GET", "/api/v1/arena/leaderboard", "")).get("data");
            assertThat(board.get("votes").asInt()).isEqualTo(1);
            assertThat(board.at("/standings/0/contender").stringValue()).isEqualTo(winner);
            assertThat(board.at("/standings/0/provisional/0").stringValue()).isEqualTo("1 votes, fewer than 30");
            JsonNode line = json(server.send("GET", "/api/v1/arena/votes.jsonl", ""));
            assertThat(line.get("winner").stringValue()).contains("/outputs/");
            assertThat(line.get("prompt").stringValue())
                    .isEqualTo(battle.get("prompt").stringValue());
            assertThat(line.at("/left_recipe/weights").stringValue()).hasSize(64);
            assertThat(line.get("voter").stringValue()).matches("voter-[0-9a-f]{12}");
        }
    }

    private static String body(String token, String choice) {
        return "{\"token\": \"" + token + "\", \"choice\": \"" + choice + "\"}";
    }

    private static List<String> chunks(ScriptedServer server, String id) throws IOException {
        MediaStore media = server.bean(MediaStore.class);
        try (InputStream in = media.open(media.find(id).orElseThrow())) {
            byte[] file = in.readAllBytes();
            List<String> names = new ArrayList<>();
            int at = 8;
            while (at < file.length) {
                int length = ByteBuffer.wrap(file, at, 4).getInt();
                names.add(new String(file, at + 4, 4, StandardCharsets.US_ASCII));
                at += 12 + length;
            }
            return names;
        }
    }

    /** Two nodes on one database, forty votes at once on one battle by four voters: four count. */
    @Test
    void aVoteCountsOnceOnTwoNodes() throws Exception {
        DataSource database = TestDatabase.POSTGRESQL.migrated();
        try (ScriptedServer one = start(database);
                ScriptedServer other = ScriptedServer.start(
                        database, Files.createDirectories(data.resolve("other")), "--atelier.worker.enabled=false")) {
            twoContenders(one);
            battles(one, 1);
            List<Callable<Boolean>> votes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ScriptedServer node = i % 2 == 0 ? one : other;
                String voter = "voter" + i % 4;
                votes.add(() -> {
                    Voting voting = node.bean(Voting.class);
                    Voting.Shown shown = voting.next(voter).orElse(null);
                    if (shown == null) {
                        return false;
                    }
                    try {
                        voting.vote(shown.id(), voter, shown.token(), "tie");
                        return true;
                    } catch (ApiException e) {
                        return false;
                    }
                });
            }
            int counted = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (Future<Boolean> vote : threads.invokeAll(votes)) {
                    counted += vote.get() ? 1 : 0;
                }
            }
            assertThat(counted).isEqualTo(4);
            assertThat(other.bean(Boards.class).ranking().leaderboard().votes()).isEqualTo(4);
            assertThat(one.jdbc()
                            .sql("SELECT votes FROM arena_battle")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(4);
        }
    }

    @Test
    void whoeverOrdersGoesFirst() throws Exception {
        try (ScriptedServer server = start(TestDatabase.H2.migrated(), "--atelier.arena.built-in=false")) {
            twoContenders(server);
            server.bean(ArenaPrompts.class).add("wait", "", "film", 1, "", "local");
            Arena arena = server.bean(Arena.class);
            arena.look();
            assertThat(server.pipeline().begun.take()).contains("wait");

            ApiKey user = ScriptedServer.key("user");
            Prediction order = server.submit("a barn", 1, user);
            assertThat(server.await(order, user).status()).isEqualTo(Status.COMPLETED);
            finish(server);
            assertThat(server.predictions().list("", 10, Arena.OWNER).predictions())
                    .allSatisfy(one -> assertThat(one.status()).isEqualTo(Status.CANCELED));
            server.bean(BattleMaker.class).settle();
            assertThat(server.bean(Battles.class).making()).isEmpty();
            assertThat(server.bean(Battles.class).unused(3, Instant.EPOCH)).isZero();
        }
    }

    @Test
    void nothingIsMadeWhileSomebodyWaits() {
        try (ScriptedServer server = start(TestDatabase.H2.migrated())) {
            twoContenders(server);
            ApiKey user = ScriptedServer.key("user");
            Prediction order = server.submit("wait", 1, user);
            server.bean(Arena.class).look();
            assertThat(server.bean(IdleTime.class).ownOrders()).isEmpty();
            server.pipeline().release();
            server.await(order, user);
            server.bean(Arena.class).look();
            assertThat(server.bean(IdleTime.class).ownOrders()).hasSize(2);
        }
    }

    @Test
    void editsShowTheirSourceAndSequencesAllPictures() {
        try (ScriptedServer server = start(TestDatabase.H2.migrated(), "--atelier.arena.built-in=false")) {
            twoContenders(server);
            ApiKey user = ScriptedServer.key("user");
            Prediction seasons = server.submitSeasons("a barn in the four seasons", user);
            seasons = server.await(seasons, user);
            assertThat(seasons.status()).isEqualTo(Status.COMPLETED);
            ArenaPrompts prompts = server.bean(ArenaPrompts.class);
            ArenaPrompt sequence = prompts.addFromHistory(seasons.id(), "film", user.id());
            assertThat(sequence.task()).isEqualTo(ArenaPrompt.Task.SEQUENCE);
            assertThat(sequence.from()).isEqualTo(ArenaPrompt.Origin.HISTORY);
            String source = server.bean(BattlePictures.class).keepSource(new Picture(96, 64, new byte[96 * 64 * 3]));
            ArenaPrompt edit = prompts.add("make it night", "", "rooms", 1, "media:" + source, Arena.OWNER);
            assertThat(edit.task()).isEqualTo(ArenaPrompt.Task.EDIT);
            battles(server, 2);

            List<Voting.Shown> shown = new ArrayList<>();
            Voting voting = server.bean(Voting.class);
            for (int i = 0; i < 2; i++) {
                Voting.Shown battle = voting.next("v").orElseThrow();
                shown.add(battle);
                voting.vote(battle.id(), "v", battle.token(), "right");
            }
            assertThat(shown).anySatisfy(one -> {
                assertThat(one.prompt().id()).isEqualTo(sequence.id());
                assertThat(one.left()).hasSize(4);
                assertThat(one.right()).hasSize(4);
            });
            assertThat(shown).anySatisfy(one -> {
                assertThat(one.source()).isNotEmpty();
                assertThat(one.left()).hasSize(1);
                assertThat((double) one.width() / one.height()).isBetween(1.4, 1.6);
            });
            List<String> lines = new ArrayList<>();
            server.bean(VoteExport.class).write(false, server.base(), lines::add);
            assertThat(lines).hasSize(5);
            assertThat(lines)
                    .filteredOn(line -> line.contains("\"references\""))
                    .hasSize(1);
        }
    }

    @Test
    void anotherKeysOrdersAndStrangeFieldsAreRefused() throws Exception {
        try (ScriptedServer server = start(TestDatabase.H2.migrated())) {
            ApiKey user = ScriptedServer.key("user");
            Prediction order = server.await(server.submit("a barn", 1, user), user);
            ArenaPrompts prompts = server.bean(ArenaPrompts.class);
            assertThatThrownBy(() -> prompts.addFromHistory(order.id(), "", "other"))
                    .hasMessage("prediction: there is none with this id");
            String contenders = "/api/v1/arena/contenders";
            assertThat(message(server.send("POST", contenders, "{\"model\": \"seedling-1\", \"speed\": 2}")))
                    .startsWith("speed: is not known here; there are expansion");
            assertThat(message(server.send("POST", contenders, "{\"model\": \"seedling-1\", \"steps\": 101}")))
                    .isEqualTo("steps: 101 is more than 100, the most that seedling-1 takes");
            assertThat(message(server.send("POST", contenders, "{\"model\": \"seedling-1\", \"loras\": [\"a\"]}")))
                    .startsWith("loras: the service draws with none");
            assertThat(message(server.send("POST", contenders, "{\"model\": \"seedling-1\", \"precision\": \"int8\"}")))
                    .startsWith("precision: 'int8' is not that of seedling-1");
            assertThat(server.send("POST", contenders, "{\"name\": \"a\", \"model\": \"seedling-1\", \"steps\": 2}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(message(server.send("POST", contenders, "{\"name\": \"a\", \"model\": \"seedling-1\"}")))
                    .isEqualTo("name: 'a' has votes with other settings; choose another name");
            assertThat(message(server.send("POST", "/api/v1/arena/prompts", "{\"text\": \"x\", \"task\": \"edit\"}")))
                    .isEqualTo("image: missing; an edit starts from one");
            assertThat(message(server.send("POST", "/api/v1/arena/prompts", "{\"text\": \"x\", \"images\": 16}")))
                    .isEqualTo("images: 16 is not in 1 to 15");
            assertThat(message(server.send("GET", "/api/v1/arena/leaderboard?anchor=nobody", "")))
                    .startsWith("anchor: 'nobody' is none of the contenders");
            assertThat(server.send("DELETE", contenders + "?name=a", "").statusCode())
                    .isEqualTo(200);
            assertThat(server.bean(Contenders.class).active()).isEmpty();
        }
    }

    private static String message(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        return json(answer).get("message").stringValue();
    }

    /** The sixth battle is the first again, for this voter only, with its sides changed. */
    @Test
    void battlesComeAgainWithTheirSidesChanged() {
        try (ScriptedServer server = ScriptedServer.start(
                TestDatabase.H2.migrated(),
                data,
                "--atelier.arena.idle-after=0s",
                "--atelier.arena.every=100h",
                "--atelier.arena.repeat-share=1",
                "--atelier.arena.size=256")) {
            twoContenders(server);
            battles(server, 6);
            Voting voting = server.bean(Voting.class);
            List<Voting.Shown> seen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Voting.Shown shown = voting.next("v").orElseThrow();
                seen.add(shown);
                voting.vote(shown.id(), "v", shown.token(), "left");
            }
            Voting.Shown again = seen.getLast();
            assertThat(again.left()).isEqualTo(seen.getFirst().right());
            Battle repeat = server.bean(Battles.class).find(again.id()).orElseThrow();
            assertThat(repeat.repeats()).isEqualTo(seen.getFirst().id());
            assertThat(repeat.left())
                    .isEqualTo(server.bean(Battles.class)
                            .find(repeat.repeats())
                            .orElseThrow()
                            .right());
            assertThatThrownBy(() -> voting.vote(again.id(), "other", again.token(), "left"))
                    .hasMessage("battle: there is none with this id");
            Boards.Board board = server.bean(Boards.class).of("", "", "", "v");
            assertThat(board.consistency().orElseThrow().repeats()).isEqualTo(1);
            assertThat(board.consistency().orElseThrow().agreed()).isZero();
            assertThat(board.ranking().leaderboard().votes()).isEqualTo(5);
        }
    }

    @Test
    void tokensAreOfTheirBattleVoterAndTime() {
        try (ScriptedServer server = start(TestDatabase.H2.migrated(), "--atelier.arena.token-life=0s")) {
            twoContenders(server);
            battles(server, 1);
            Voting voting = server.bean(Voting.class);
            Voting.Shown shown = voting.next("v").orElseThrow();
            assertThatThrownBy(() -> voting.vote(shown.id(), "w", shown.token(), "left"))
                    .hasMessageStartingWith("token: is not the one");
            VoterSecrets secrets = server.bean(VoterSecrets.class);
            String old = secrets.token(shown.id(), "v", Instant.now().minus(Duration.ofSeconds(2)));
            assertThatThrownBy(() -> voting.vote(shown.id(), "v", old, "left"))
                    .hasMessageStartingWith("token: ended at ");
            String good = secrets.token(shown.id(), "v", Instant.now().plus(Duration.ofHours(1)));
            assertThat(secrets.isGenuine(good, shown.id(), "v")).isTrue();
            assertThat(secrets.isGenuine(good, shown.id() + "0", "v")).isFalse();
            assertThat(secrets.isGenuine("1" + good, shown.id(), "v")).isFalse();
            assertThat(voting.vote(shown.id(), "v", good, "both_bad").outcome().label())
                    .isEqualTo("both_bad");
        }
    }
}
