package dev.atelier.server.arena;

import dev.atelier.prompt.Sampling;
import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.error.ApiException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who meets in the arena. */
@Component
public class Contenders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,79}");
    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final Catalog catalog;
    private final Clock clock;

    Contenders(JdbcClient jdbc, Catalog catalog, Clock clock) {
        this.jdbc = jdbc;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param name empty: made of the model and its settings
     * @param steps 0: the model's own
     * @param guidance -1: the model's own
     * @param precision empty: the model's
     */
    public record Wish(
            String name,
            String model,
            List<String> loras,
            int steps,
            double guidance,
            String precision,
            boolean expansion) {}

    /**
     * Enters a contender; one of the same name and settings that had left comes back.
     *
     * @throws ApiException 400 or 404 naming the field at fault, 409 when the name has other settings or there are too many
     */
    public Contender enter(Wish wish) {
        ModelEntry model = catalog.get(wish.model()).model();
        check(wish, model);
        String name = wish.name().isEmpty() ? made(wish) : wish.name();
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid(
                    "name",
                    "'" + shortened(name)
                            + "' is not 1 to 80 letters, digits and . _ : / + -, a letter or digit first");
        }
        Contender entered = new Contender(
                name,
                wish.model(),
                model.id(),
                wish.steps(),
                wish.guidance(),
                wish.expansion(),
                model.precision(),
                "",
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                false);
        Optional<Contender> known = find(name);
        if (known.isPresent()) {
            return back(known.get(), entered);
        }
        if (active().size() >= MOST) {
            throw ApiException.conflict("contenders: there are " + MOST + ", the most allowed; retire one first");
        }
        try {
            insert(entered);
        } catch (DuplicateKeyException _) {
            return back(find(name).orElseThrow(), entered);
        }
        return entered;
    }

    private void check(Wish wish, ModelEntry model) {
        new Sampling(wish.steps(), wish.guidance(), 0);
        if (wish.steps() > model.bounds().maxSteps()) {
            throw ApiException.invalid(
                    "steps",
                    wish.steps() + " is more than " + model.bounds().maxSteps() + ", the most that " + model.id()
                            + " takes");
        }
        if (!wish.precision().isEmpty() && !wish.precision().equals(model.precision())) {
            throw ApiException.invalid(
                    "precision",
                    "'" + shortened(wish.precision()) + "' is not that of " + model.id() + ", " + model.precision()
                            + "; a model in another precision is an entry of its own in the catalog");
        }
        if (!wish.loras().isEmpty()) {
            throw ApiException.invalid(
                    "loras",
                    "the service draws with none by request; enter a model that it is merged into (atelier train --stage prefer writes one)");
        }
    }

    private static String made(Wish wish) {
        String name = wish.model();
        name += wish.steps() == 0 ? "" : "+steps" + wish.steps();
        name += wish.guidance() == Sampling.MODEL_GUIDANCE ? "" : "+guidance" + wish.guidance();
        return name + (wish.expansion() ? "" : "+plain");
    }

    private Contender back(Contender known, Contender entered) {
        if (!known.drawsAs(entered)) {
            throw ApiException.conflict(
                    "name: '" + known.name() + "' has votes with other settings; choose another name");
        }
        setRetired(known.name(), false);
        return find(known.name()).orElseThrow();
    }

    /** All, also those that left, by name. */
    public List<Contender> all() {
        return jdbc.sql("SELECT * FROM arena_contender ORDER BY name")
                .query(Contenders::read)
                .list();
    }

    List<Contender> active() {
        return all().stream().filter(one -> !one.retired()).toList();
    }

    Optional<Contender> find(String name) {
        return jdbc.sql("SELECT * FROM arena_contender WHERE name = :name")
                .param("name", name)
                .query(Contenders::read)
                .optional();
    }

    /** @throws ApiException 404 when there is none of this name */
    public Contender get(String name) {
        return find(name)
                .orElseThrow(() -> ApiException.notFound("contender: there is none called '" + shortened(name) + "'"));
    }

    /**
     * Lets a contender meet nobody any more; its votes stay.
     *
     * @throws ApiException 404 when there is none of this name
     */
    public void retire(String name) {
        get(name);
        setRetired(name, true);
    }

    void setWeights(String name, String hash) {
        jdbc.sql("UPDATE arena_contender SET weights = :hash WHERE name = :name")
                .param("hash", hash)
                .param("name", name)
                .update();
    }

    private void setRetired(String name, boolean retired) {
        jdbc.sql("UPDATE arena_contender SET retired = :retired WHERE name = :name")
                .param("retired", retired)
                .param("name", name)
                .update();
    }

    private void insert(Contender one) {
        jdbc.sql("""
            INSERT INTO arena_contender (name, model, served_by, steps, guidance, expansion, weights_kept, weights, created_at, retired)
            VALUES (:name, :model, :servedBy, :steps, :guidance, :expansion, :precision, :weights, :createdAt, FALSE)\
            """)
                .param("name", one.name())
                .param("model", one.model())
                .param("servedBy", one.servedBy())
                .param("steps", one.steps())
                .param("guidance", one.guidance())
                .param("expansion", one.expansion())
                .param("precision", one.precision())
                .param("weights", one.weights())
                .param("createdAt", one.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Contender read(ResultSet rs, int row) throws SQLException {
        Instant createdAt = rs.getObject("created_at", OffsetDateTime.class).toInstant();
        return new Contender(
                rs.getString("name"),
                rs.getString("model"),
                rs.getString("served_by"),
                rs.getInt("steps"),
                rs.getDouble("guidance"),
                rs.getBoolean("expansion"),
                rs.getString("weights_kept"),
                rs.getString("weights"),
                createdAt,
                rs.getBoolean("retired"));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
