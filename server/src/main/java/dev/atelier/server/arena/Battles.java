package dev.atelier.server.arena;

import dev.atelier.server.error.ApiException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Battles and the votes on them, in the database. */
@Repository
class Battles {
    private static final int CANDIDATES = 200;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TransactionTemplate transactions;
    private final RandomGenerator random = new SecureRandom();

    Battles(JdbcClient jdbc, JsonMapper json, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.json = json;
        this.transactions = transactions;
    }

    /** Unguessable. */
    String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return "battle_" + HexFormat.of().formatHex(bytes);
    }

    void insert(Battle battle) {
        jdbc.sql("""
            INSERT INTO arena_battle (id, state, prompt_id, task, category, left_name, right_name, asked, shown,
                style, left_prediction, right_prediction, repeats, voter, votes, created_at)
            VALUES (:id, :state, :promptId, :task, :category, :left, :right, :asked, :shown, :style, :leftPrediction,
                :rightPrediction, :repeats, :voter, 0, :createdAt)\
            """)
                .param("id", battle.id())
                .param("state", battle.state().label())
                .param("promptId", battle.asked().prompt().id())
                .param("task", battle.asked().prompt().task().label())
                .param("category", battle.asked().prompt().category())
                .param("left", battle.left())
                .param("right", battle.right())
                .param("asked", json.writeValueAsString(battle.asked()))
                .param("shown", battle.shown() == null ? "" : json.writeValueAsString(battle.shown()))
                .param("style", style(battle.shown()))
                .param("leftPrediction", battle.orders().left())
                .param("rightPrediction", battle.orders().right())
                .param("repeats", battle.repeats())
                .param("voter", battle.voter())
                .param("createdAt", battle.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Battle> making() {
        return jdbc.sql("SELECT * FROM arena_battle WHERE state = 'making' ORDER BY created_at")
                .query(this::read)
                .list();
    }

    /** @return whether it was still being made */
    boolean ready(String id, Battle.Shown shown) {
        return jdbc.sql(
                                "UPDATE arena_battle SET state = 'ready', shown = :shown, style = :style WHERE id = :id AND state = 'making'")
                        .param("shown", json.writeValueAsString(shown))
                        .param("style", style(shown))
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Forgets a battle that will not come to be. */
    void drop(String id) {
        jdbc.sql("DELETE FROM arena_battle WHERE id = :id AND state = 'making'")
                .param("id", id)
                .update();
    }

    Optional<Battle> find(String id) {
        return jdbc.sql("SELECT * FROM arena_battle WHERE id = :id")
                .param("id", id)
                .query(this::read)
                .optional();
    }

    /** Battles that still want votes. */
    int unused(int votesPerBattle, Instant since) {
        return jdbc.sql("""
                SELECT COUNT(*) FROM arena_battle
                WHERE state = 'ready' AND repeats = '' AND votes < :most AND created_at > :since\
                """)
                .param("most", votesPerBattle)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** Battles that this voter has not voted on, those with the fewest votes first. */
    List<Battle> open(String voter, Instant since) {
        return jdbc.sql("""
                SELECT * FROM arena_battle b WHERE b.state = 'ready' AND b.repeats = '' AND b.created_at > :since
                    AND NOT EXISTS (SELECT 1 FROM arena_vote v WHERE v.battle = b.id AND v.voter = :voter)
                ORDER BY b.state, b.repeats, b.votes, b.created_at LIMIT :limit\
                """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("voter", voter)
                .param("limit", CANDIDATES)
                .query(this::read)
                .list();
    }

    /** A battle that this voter was to see again and has not voted on yet. */
    Optional<Battle> openRepeat(String voter, Instant since) {
        return jdbc.sql("""
                SELECT * FROM arena_battle b WHERE b.voter = :voter AND b.created_at > :since
                    AND NOT EXISTS (SELECT 1 FROM arena_vote v WHERE v.battle = b.id AND v.voter = :voter)
                ORDER BY b.created_at LIMIT 1\
                """)
                .param("voter", voter)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(this::read)
                .optional();
    }

    /** Battles that this voter has seen once, the oldest first. */
    List<Battle> seenOnce(String voter, Instant since) {
        return jdbc.sql("""
                SELECT b.* FROM arena_vote v JOIN arena_battle b ON b.id = v.battle
                WHERE v.voter = :voter AND b.repeats = '' AND b.created_at > :since
                    AND NOT EXISTS (SELECT 1 FROM arena_battle r WHERE r.repeats = b.id AND r.voter = :voter)
                ORDER BY v.created_at LIMIT :limit\
                """)
                .param("voter", voter)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("limit", CANDIDATES)
                .query(this::read)
                .list();
    }

    /** How often each prompt was drawn by one of these two. */
    Map<String, Integer> drawn(String first, String second) {
        record Row(String prompt, int count) {}
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                SELECT prompt_id, COUNT(*) AS drawn FROM arena_battle
                WHERE repeats = '' AND (left_name IN (:names) OR right_name IN (:names)) GROUP BY prompt_id\
                """)
                .param("names", List.of(first, second))
                .query((rs, _) -> new Row(rs.getString("prompt_id"), rs.getInt("drawn")))
                .list()
                .forEach(row -> counts.put(row.prompt(), row.count()));
        return counts;
    }

    /**
     * Stores a vote; once this returns, nothing loses it, and there is never a second of this voter on this battle.
     *
     * @throws ApiException 409 when the voter has voted on it
     */
    void vote(String battle, String voter, String choice, Instant now) {
        try {
            transactions.executeWithoutResult(_ -> {
                jdbc.sql(
                                "INSERT INTO arena_vote (battle, voter, choice, created_at) VALUES (:battle, :voter, :choice, :now)")
                        .param("battle", battle)
                        .param("voter", voter)
                        .param("choice", choice)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update();
                jdbc.sql("UPDATE arena_battle SET votes = votes + 1 WHERE id = :id")
                        .param("id", battle)
                        .update();
            });
        } catch (DuplicateKeyException e) {
            throw ApiException.conflict("battle: this key has voted on it; a vote is not changed");
        }
    }

    /** For those who only count votes: values with commas between them. */
    private static String style(Battle.Shown shown) {
        return shown == null
                ? ""
                : shown.style().stream()
                        .map(value -> String.format(Locale.ROOT, "%.6f", value))
                        .collect(Collectors.joining(","));
    }

    private Battle read(ResultSet rs, int row) throws SQLException {
        String shown = rs.getString("shown");
        return new Battle(
                rs.getString("id"),
                rs.getString("state").equals(Battle.State.READY.label()) ? Battle.State.READY : Battle.State.MAKING,
                json.readValue(rs.getString("asked"), Battle.Asked.class),
                rs.getString("left_name"),
                rs.getString("right_name"),
                shown.isEmpty() ? null : json.readValue(shown, Battle.Shown.class),
                new Battle.Orders(rs.getString("left_prediction"), rs.getString("right_prediction")),
                rs.getString("repeats"),
                rs.getString("voter"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
