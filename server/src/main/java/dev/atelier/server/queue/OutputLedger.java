package dev.atelier.server.queue;

import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.PredictionRepository;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a prediction's holder makes and has to tell, as long as it holds it. */
@Component
public class OutputLedger {
    private static final int MAX_ERROR = 2000;

    private final JdbcClient jdbc;
    private final PredictionRepository predictions;
    private final PredictionEvents events;
    private final JsonMapper json;

    OutputLedger(JdbcClient jdbc, PredictionRepository predictions, PredictionEvents events, JsonMapper json) {
        this.jdbc = jdbc;
        this.predictions = predictions;
        this.events = events;
        this.json = json;
    }

    /**
     * Records a picture that is made (its file is stored already), or that failed, of a prediction that {@code holder} holds.
     *
     * @return whether it was recorded: not when the lease is lost or the picture is there already
     */
    public boolean record(String id, PredictionOutput output, LeaseOwner holder) {
        boolean recorded = jdbc.sql("""
            INSERT INTO prediction_output
                (prediction_id, image_index, media, content_type, width, height, recipe, error, failure_reason)
            SELECT p.id, :index, :media, :contentType, :width, :height, :recipe, :error, :reason
            FROM prediction p
            WHERE p.id = :id AND p.lease_owner = :holder AND p.status = 'processing' AND NOT EXISTS (
                SELECT 1 FROM prediction_output o WHERE o.prediction_id = p.id AND o.image_index = :index)\
            """)
                        .param("index", output.index())
                        .param("media", output.media())
                        .param("contentType", output.contentType())
                        .param("width", output.width())
                        .param("height", output.height())
                        .param("recipe", json.writeValueAsString(output.recipe()))
                        .param("error", bounded(output.error(), MAX_ERROR))
                        .param("reason", output.failure().reason().label())
                        .param("id", id)
                        .param("holder", holder.id())
                        .update()
                > 0;
        if (recorded) {
            forgetAttempts(id, holder);
            events.publish(id, new PredictionEvent.OutputReady(output));
        }
        return recorded;
    }

    /** Progress resets the count of attempts, by which predictions that kill their workers are found. */
    private void forgetAttempts(String id, LeaseOwner holder) {
        jdbc.sql("UPDATE prediction SET attempts = 1 WHERE id = :id AND lease_owner = :holder AND attempts > 1")
                .param("id", id)
                .param("holder", holder.id())
                .update();
    }

    /** Adds to what the caller of a prediction that {@code holder} holds is told. */
    public void warn(String id, List<String> warnings, LeaseOwner holder) {
        if (warnings.isEmpty()) {
            return;
        }
        // Only the holder of the lease writes this column, so nothing comes between.
        predictions
                .find(id)
                .map(held -> held.state().warnings().and(warnings))
                .ifPresent(all -> jdbc.sql(
                                "UPDATE prediction SET warnings = :warnings WHERE id = :id AND lease_owner = :holder")
                        .param("warnings", json.writeValueAsString(all))
                        .param("id", id)
                        .param("holder", holder.id())
                        .update());
    }

    private static String bounded(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
