package dev.atelier.server.arena;

import dev.atelier.arena.Leaderboard;
import dev.atelier.arena.PromotionGate;
import dev.atelier.arena.Ranking;
import dev.atelier.arena.Standing;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.Listing;
import dev.atelier.server.error.ApiException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives aliases other models on the grounds of votes, and takes that back. */
@Component
public class Promotions {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Catalog catalog;
    private final Contenders contenders;
    private final Boards boards;
    private final Clock clock;

    Promotions(JdbcClient jdbc, JsonMapper json, Catalog catalog, Contenders contenders, Boards boards, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.catalog = catalog;
        this.contenders = contenders;
        this.boards = boards;
        this.clock = clock;
        apply();
    }

    /**
     * What is asked for.
     *
     * @param to contender whose model the alias gets
     * @param from contender that stands for what the alias has; empty: the one with its model that has the most votes
     * @param margin points that the difference's lower bound must reach; 0: the intervals must lie apart
     */
    public record Wish(String alias, String to, String from, double margin, PromotionGate.Facts facts) {}

    /**
     * Moves an alias, if the gate lets it.
     *
     * @param by the key's name
     * @throws ApiException 404 (alias, contender), 409 with all reasons when the gate stays shut
     */
    public Promotion promote(Wish wish, String by) {
        Listing alias = alias(wish.alias());
        Contender after = contenders.get(wish.to());
        Contender before = wish.from().isEmpty() ? standIn(alias) : contenders.get(wish.from());
        if (!before.servedBy().equals(alias.model().id())) {
            throw ApiException.invalid(
                    "from",
                    "'" + before.name() + "' is of " + before.servedBy() + ", but '" + alias.name() + "' has "
                            + alias.model().id());
        }
        if (after.servedBy().equals(alias.model().id())) {
            throw ApiException.conflict("to: '" + alias.name() + "' has " + after.servedBy() + " already");
        }
        catalog.get(after.servedBy());
        Ranking ranking = boards.ranking();
        requireKnown(ranking, before, after);
        PromotionGate gate = gate(wish.margin());
        PromotionGate.Verdict verdict = gate.judge(ranking, before.name(), after.name(), wish.facts());
        if (!verdict.passed()) {
            throw ApiException.conflict("not promoted: " + String.join("; ", verdict.reasons()));
        }
        Leaderboard board = ranking.leaderboard();
        Promotion.Grounds grounds = new Promotion.Grounds(
                side(before, verdict.before()),
                side(after, verdict.after()),
                verdict.difference(),
                wish.margin(),
                wish.facts().before(),
                wish.facts().after(),
                board.votes(),
                board.voters(),
                by);
        Promotion promotion = new Promotion(
                newId(),
                alias.name(),
                alias.model().id(),
                after.servedBy(),
                grounds,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null);
        insert(promotion);
        apply();
        return promotion;
    }

    private Listing alias(String name) {
        Listing listing = catalog.get(name);
        if (catalog.listings().stream().noneMatch(one -> one.name().equals(listing.name()) && one.isAlias())) {
            throw ApiException.invalid(
                    "alias",
                    "'" + listing.name() + "' is no alias of the catalog; only those can be given another model");
        }
        return listing;
    }

    private Contender standIn(Listing alias) {
        Map<String, Integer> votes = new HashMap<>();
        boards.ranking().leaderboard().standings().forEach(one -> votes.put(one.model(), one.votes()));
        return contenders.all().stream()
                .filter(one -> one.servedBy().equals(alias.model().id()))
                .max(Comparator.comparingInt(one -> votes.getOrDefault(one.name(), 0)))
                .orElseThrow(() -> ApiException.notFound("from: no contender draws with "
                        + alias.model().id() + ", the model of '" + alias.name() + "'"));
    }

    private static void requireKnown(Ranking ranking, Contender... both) {
        for (Contender one : both) {
            if (!ranking.models().contains(one.name())) {
                throw ApiException.conflict("not promoted: there are no votes on '" + one.name() + "'");
            }
        }
    }

    private static PromotionGate gate(double margin) {
        try {
            return new PromotionGate(margin, PromotionGate.DEFAULT.factsLoss());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("margin", e.getMessage().replaceFirst("^margin: ", ""));
        }
    }

    private static Promotion.Side side(Contender contender, Standing standing) {
        return new Promotion.Side(
                contender.name(), contender.weights(), standing.votes(), standing.voters(), standing.score());
    }

    /**
     * Takes the latest promotion of an alias back: it has the model again that it had before.
     *
     * @throws ApiException 404 when there is none to take back
     */
    public Promotion undo(String alias) {
        String name = catalog.get(alias).name();
        Promotion latest = all().stream()
                .filter(one -> one.alias().equals(name) && one.undoneAt() == null)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("promotion: '" + name + "' has none to undo"));
        jdbc.sql("UPDATE arena_promotion SET undone_at = :now WHERE id = :id AND undone_at IS NULL")
                .param("now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .param("id", latest.id())
                .update();
        apply();
        return all().stream()
                .filter(one -> one.id().equals(latest.id()))
                .findFirst()
                .orElseThrow();
    }

    /** The latest first. */
    public List<Promotion> all() {
        return jdbc.sql("SELECT * FROM arena_promotion ORDER BY created_at DESC, id DESC")
                .query(this::read)
                .list();
    }

    /** Brings this process's catalog to what the database says; other nodes may have changed it. */
    final void apply() {
        Map<String, String> moved = new HashMap<>();
        for (Promotion one : all()) {
            if (one.undoneAt() == null) {
                moved.putIfAbsent(one.alias(), one.to());
            }
        }
        catalog.move(moved);
    }

    private void insert(Promotion one) {
        jdbc.sql("""
            INSERT INTO arena_promotion (id, alias, from_model, to_model, grounds, created_at)
            VALUES (:id, :alias, :from, :to, :grounds, :at)\
            """)
                .param("id", one.id())
                .param("alias", one.alias())
                .param("from", one.from())
                .param("to", one.to())
                .param("grounds", json.writeValueAsString(one.grounds()))
                .param("at", one.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static String newId() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return "promotion_" + HexFormat.of().formatHex(bytes);
    }

    private Promotion read(ResultSet rs, int row) throws SQLException {
        OffsetDateTime undone = rs.getObject("undone_at", OffsetDateTime.class);
        return new Promotion(
                rs.getString("id"),
                rs.getString("alias"),
                rs.getString("from_model"),
                rs.getString("to_model"),
                json.readValue(rs.getString("grounds"), Promotion.Grounds.class),
                rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                undone == null ? null : undone.toInstant());
    }
}
