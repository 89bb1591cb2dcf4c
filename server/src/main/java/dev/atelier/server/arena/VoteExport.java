package dev.atelier.server.arena;

import dev.atelier.arena.Outcome;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Votes as lines of JSON: {@code prompt}, {@code winner}, {@code loser} and {@code references}, as preference tuning reads them. */
@Component
public class VoteExport {
    private static final int PAGE = 500;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MediaStore media;
    private final VoterSecrets secrets;

    VoteExport(JdbcClient jdbc, JsonMapper json, MediaStore media, VoterSecrets secrets) {
        this.jdbc = jdbc;
        this.json = json;
        this.media = media;
        this.secrets = secrets;
    }

    private record Row(
            String battle,
            String voter,
            String choice,
            String at,
            Battle.Asked asked,
            Battle.Shown shown,
            String repeats) {}

    /**
     * Writes every vote, the oldest first. A sequence is one line a picture.
     *
     * @param all whether undecided votes and repeats are written too, without winner and loser; otherwise only preferences are
     * @param base the service's origin, with which the pictures' URLs begin
     */
    public void write(boolean all, URI base, Consumer<String> lines) {
        int offset = 0;
        List<Row> rows;
        do {
            rows = jdbc.sql("""
                SELECT v.battle, v.voter, v.choice, v.created_at, b.asked, b.shown, b.repeats
                FROM arena_vote v JOIN arena_battle b ON b.id = v.battle
                ORDER BY v.created_at, v.battle, v.voter LIMIT :limit OFFSET :offset\
                """)
                    .param("limit", PAGE)
                    .param("offset", offset)
                    .query((rs, _) -> new Row(
                            rs.getString("battle"),
                            rs.getString("voter"),
                            rs.getString("choice"),
                            rs.getObject("created_at", OffsetDateTime.class)
                                    .toInstant()
                                    .toString(),
                            json.readValue(rs.getString("asked"), Battle.Asked.class),
                            json.readValue(rs.getString("shown"), Battle.Shown.class),
                            rs.getString("repeats")))
                    .list();
            rows.forEach(row -> write(row, all, base, lines));
            offset += PAGE;
        } while (rows.size() == PAGE);
    }

    private void write(Row row, boolean all, URI base, Consumer<String> lines) {
        Outcome outcome = Outcome.parse(row.choice());
        boolean preference = outcome.isDecisive() && row.repeats().isEmpty();
        if (!preference && !all) {
            return;
        }
        int pictures = all ? 1 : row.shown().left().size();
        for (int i = 0; i < pictures; i++) {
            lines.accept(json.writeValueAsString(line(row, outcome, preference, i, base)));
        }
    }

    private ObjectNode line(Row row, Outcome outcome, boolean preference, int index, URI base) {
        Battle.Shown shown = row.shown();
        boolean leftWins = outcome == Outcome.LEFT;
        ArenaPrompt prompt = row.asked().prompt();
        ObjectNode line = json.createObjectNode();
        // In a sequence each picture has a prompt of its own; the winner's words say what its picture shows.
        List<String> shots = (leftWins ? shown.leftRecipe() : shown.rightRecipe()).prompts();
        boolean ofSequence = preference && shown.left().size() > 1;
        line.put("prompt", ofSequence ? shots.get(index) : prompt.text());
        if (preference) {
            line.put("winner", url((leftWins ? shown.left() : shown.right()).get(index), base));
            line.put("loser", url((leftWins ? shown.right() : shown.left()).get(index), base));
        }
        if (!prompt.media().isEmpty()) {
            line.putArray("references")
                    .add(media.url(prompt.media(), StoredMedia.Kind.UPLOAD, base)
                            .toString());
        }
        line.put("battle", row.battle());
        line.put("voter", secrets.pseudonym(row.voter()));
        line.put("left", shown.leftRecipe().contender());
        line.put("right", shown.rightRecipe().contender());
        line.put("choice", row.choice());
        line.put("task", prompt.task().label());
        line.put("category", prompt.category());
        line.set("style", json.valueToTree(shown.style()));
        line.put("repeats", row.repeats());
        line.put("date", row.at());
        line.set("left_recipe", json.valueToTree(shown.leftRecipe()));
        line.set("right_recipe", json.valueToTree(shown.rightRecipe()));
        return line;
    }

    private String url(String id, URI base) {
        return media.url(id, StoredMedia.Kind.OUTPUT, base).toString();
    }
}
