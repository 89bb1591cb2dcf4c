package dev.atelier.server.usage;

import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One record a prediction, written with it and completed with its end, so usage neither misses nor counts one twice. */
@Repository
public class UsageRecords {
    private final JdbcClient jdbc;

    UsageRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param images images made
     * @param pixels of all images together
     * @param seconds spent on them by the engine
     */
    public record DayOfModel(
            LocalDate day, String model, long predictions, long failed, long images, long pixels, double seconds) {}

    /** In the transaction that stores an accepted prediction. */
    public void accepted(Prediction prediction) {
        jdbc.sql("""
                INSERT INTO usage_record (prediction_id, owner, usage_day, model, status, images_requested, images_made,
                    pixels, seconds)
                VALUES (:id, :owner, :day, :model, :status, :images, 0, 0, 0)""")
                .param("id", prediction.id())
                .param("owner", prediction.owner())
                .param("day", day(prediction.times().createdAt()))
                .param("model", prediction.order().request().model())
                .param("status", prediction.status().label())
                .param("images", prediction.order().plan().shots().size())
                .update();
    }

    /** In the transaction that gives a prediction that nothing was made of yet another plan. */
    public void replanned(Prediction prediction) {
        jdbc.sql("UPDATE usage_record SET images_requested = :images WHERE prediction_id = :id")
                .param("images", prediction.order().plan().shots().size())
                .param("id", prediction.id())
                .update();
    }

    /** In the transaction that ends a prediction. */
    public void ended(Prediction prediction) {
        List<PredictionOutput> made = prediction.outputs().stream()
                .filter(PredictionOutput::succeeded)
                .toList();
        jdbc.sql("""
                UPDATE usage_record SET status = :status, images_made = :images, pixels = :pixels, seconds = :seconds
                WHERE prediction_id = :id""")
                .param("status", prediction.status().label())
                .param("images", made.size())
                .param(
                        "pixels",
                        made.stream()
                                .mapToLong(o -> (long) o.width() * o.height())
                                .sum())
                .param(
                        "seconds",
                        made.stream().mapToDouble(o -> o.recipe().seconds()).sum())
                .param("id", prediction.id())
                .update();
    }

    /** Images asked for by {@code owner} in the UTC day of {@code now}; cancelled and failed ones count what they made. */
    public long imagesOfDay(String owner, Instant now) {
        return jdbc.sql("""
                SELECT COALESCE(SUM(CASE WHEN status IN ('failed', 'canceled') THEN images_made
                    ELSE images_requested END), 0)
                FROM usage_record WHERE owner = :owner AND usage_day = :day""")
                .param("owner", owner)
                .param("day", day(now))
                .query(Long.class)
                .single();
    }

    /** The owner's usage from {@code first} to {@code last}, newest day first. */
    public List<DayOfModel> byDay(String owner, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                SELECT usage_day, model, COUNT(*) AS predictions,
                    SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed, SUM(images_made) AS images,
                    SUM(pixels) AS pixels, SUM(seconds) AS seconds
                FROM usage_record WHERE owner = :owner AND usage_day BETWEEN :first AND :last
                GROUP BY usage_day, model ORDER BY usage_day DESC, model""")
                .param("owner", owner)
                .param("first", first)
                .param("last", last)
                .query((rs, _) -> new DayOfModel(
                        rs.getObject("usage_day", LocalDate.class),
                        rs.getString("model"),
                        rs.getLong("predictions"),
                        rs.getLong("failed"),
                        rs.getLong("images"),
                        rs.getLong("pixels"),
                        rs.getDouble("seconds")))
                .list();
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
