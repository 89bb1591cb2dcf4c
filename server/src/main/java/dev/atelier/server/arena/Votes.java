package dev.atelier.server.arena;

import dev.atelier.arena.Outcome;
import dev.atelier.arena.Vote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All votes as the ranking takes them; voters under names that do not tell their keys. */
@Repository
class Votes {
    private final JdbcClient jdbc;
    private final VoterSecrets secrets;

    Votes(JdbcClient jdbc, VoterSecrets secrets) {
        this.jdbc = jdbc;
        this.secrets = secrets;
    }

    long count() {
        return jdbc.sql("SELECT COUNT(*) FROM arena_vote").query(Long.class).single();
    }

    /** @param task empty: all; likewise the category */
    List<Vote> of(String task, String category) {
        return jdbc.sql("""
            SELECT v.battle, v.voter, v.choice, v.created_at, b.left_name, b.right_name, b.task, b.category, b.style, b.repeats
            FROM arena_vote v JOIN arena_battle b ON b.id = v.battle
            WHERE (:task = '' OR b.task = :task) AND (:category = '' OR b.category = :category)
            ORDER BY v.created_at, v.battle\
            """)
                .param("task", task)
                .param("category", category)
                .query(this::read)
                .list();
    }

    /** Tasks that there are votes on. */
    List<String> tasks() {
        return jdbc.sql("SELECT DISTINCT b.task FROM arena_battle b WHERE b.votes > 0 AND b.task <> '' ORDER BY b.task")
                .query(String.class)
                .list();
    }

    /** Categories that there are votes on. */
    List<String> categories() {
        return jdbc.sql(
                        "SELECT DISTINCT b.category FROM arena_battle b WHERE b.votes > 0 AND b.category <> '' ORDER BY b.category")
                .query(String.class)
                .list();
    }

    private Vote read(ResultSet rs, int row) throws SQLException {
        String style = rs.getString("style");
        return new Vote(
                rs.getString("battle"),
                secrets.pseudonym(rs.getString("voter")),
                rs.getString("left_name"),
                rs.getString("right_name"),
                Outcome.parse(rs.getString("choice")),
                rs.getString("task"),
                rs.getString("category"),
                style.isEmpty()
                        ? List.of()
                        : Arrays.stream(style.split(",")).map(Double::valueOf).toList(),
                rs.getString("repeats"),
                rs.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
