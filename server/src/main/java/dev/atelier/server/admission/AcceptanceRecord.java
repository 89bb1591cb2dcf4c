package dev.atelier.server.admission;

import dev.atelier.server.prediction.Owner;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.SubmissionKey;
import dev.atelier.server.usage.Quotas;
import dev.atelier.server.usage.UsageRecords;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What an accepted prediction leaves in the database: itself, its idempotency key and its usage record, in one transaction. */
@Component
class AcceptanceRecord {
    private final TransactionTemplate transactions;
    private final PredictionRepository predictions;
    private final UsageRecords usage;
    private final Submissions submissions;
    private final Quotas quotas;

    AcceptanceRecord(
            TransactionTemplate transactions,
            PredictionRepository predictions,
            UsageRecords usage,
            Submissions submissions,
            Quotas quotas) {
        this.transactions = transactions;
        this.predictions = predictions;
        this.usage = usage;
        this.submissions = submissions;
        this.quotas = quotas;
    }

    /** What the same submission has made before. */
    Optional<Prediction> earlier(SubmissionKey once, Owner owner) {
        return submissions.find(once, owner.id());
    }

    /**
     * @param trace the submission's trace context; empty: none
     * @throws org.springframework.dao.DuplicateKeyException when {@code once} has been stored before
     * @throws dev.atelier.server.error.ApiException 429 when the owner's quota of the day is used up
     */
    void write(Prediction prediction, String trace, Owner owner, SubmissionKey once) {
        transactions.executeWithoutResult(_ -> {
            // First, so that a submission that waits for another of the same name uses up no quota.
            submissions.note(once, prediction);
            quotas.require(
                    owner,
                    prediction.order().plan().shots().size(),
                    prediction.times().createdAt());
            predictions.insert(prediction, trace);
            usage.accepted(prediction);
        });
    }
}
