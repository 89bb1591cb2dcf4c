package dev.atelier.server.admission;

import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.SubmissionKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which prediction an idempotency key has made: for a day, within its caller. The row is written in the transaction of its
 * prediction, and its primary key lets one of several simultaneous submissions through.
 */
@Component
public class Submissions {
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final PredictionRepository predictions;
    private final Clock clock;

    Submissions(JdbcClient jdbc, PredictionRepository predictions, Clock clock) {
        this.jdbc = jdbc;
        this.predictions = predictions;
        this.clock = clock;
    }

    private record Earlier(String fingerprint, String predictionId) {}

    /**
     * The prediction that this submission has made before; empty when it is new.
     *
     * @throws ApiException 409 when its name was used for another body, or its prediction is no longer kept
     */
    Optional<Prediction> find(SubmissionKey submission, String owner) {
        if (!submission.isGiven()) {
            return Optional.empty();
        }
        return jdbc.sql("""
            SELECT fingerprint, prediction_id FROM submission
            WHERE owner = :owner AND name = :name AND created_at > :since\
            """)
                .param("owner", owner)
                .param("name", submission.name())
                .param("since", since())
                .query((rs, _) -> new Earlier(rs.getString("fingerprint"), rs.getString("prediction_id")))
                .optional()
                .map(earlier -> prediction(earlier, submission));
    }

    private Prediction prediction(Earlier earlier, SubmissionKey submission) {
        if (!earlier.fingerprint().equals(submission.fingerprint())) {
            throw ApiException.conflict("Idempotency-Key: '" + submission.name()
                    + "' was used for another request; every request needs a key of its own");
        }
        return predictions
                .find(earlier.predictionId())
                .orElseThrow(() -> ApiException.conflict("Idempotency-Key: '" + submission.name() + "' made prediction "
                        + earlier.predictionId() + ", which is no longer kept"));
    }

    /**
     * Notes what a submission makes, in the transaction that stores the prediction.
     *
     * @throws DuplicateKeyException when the same submission has made a prediction in the meantime
     */
    void note(SubmissionKey submission, Prediction prediction) {
        if (!submission.isGiven()) {
            return;
        }
        jdbc.sql("DELETE FROM submission WHERE owner = :owner AND name = :name AND created_at <= :since")
                .param("owner", prediction.owner())
                .param("name", submission.name())
                .param("since", since())
                .update();
        jdbc.sql("""
            INSERT INTO submission (owner, name, fingerprint, prediction_id, created_at)
            VALUES (:owner, :name, :fingerprint, :prediction, :now)\
            """)
                .param("owner", prediction.owner())
                .param("name", submission.name())
                .param("fingerprint", submission.fingerprint())
                .param("prediction", prediction.id())
                .param("now", timestamp(clock.instant()))
                .update();
    }

    /** Forgets what is older than a day. */
    public void sweep() {
        jdbc.sql("DELETE FROM submission WHERE created_at <= :since")
                .param("since", since())
                .update();
    }

    private OffsetDateTime since() {
        return timestamp(clock.instant().minus(KEPT));
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
