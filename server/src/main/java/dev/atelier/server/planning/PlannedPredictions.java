package dev.atelier.server.planning;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.PlanQueue;
import dev.atelier.server.queue.PredictionQueued;
import dev.atelier.server.usage.Quotas;
import dev.atelier.server.usage.UsageRecords;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives predictions that a planner holds their final plan, in one transaction with what hangs on it, and queues them for a device. */
@Component
class PlannedPredictions {
    private final TransactionTemplate transactions;
    private final PlanQueue queue;
    private final PredictionRepository predictions;
    private final UsageRecords usage;
    private final Quotas quotas;
    private final ApplicationEventPublisher publisher;

    PlannedPredictions(
            TransactionTemplate transactions,
            PlanQueue queue,
            PredictionRepository predictions,
            UsageRecords usage,
            Quotas quotas,
            ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.queue = queue;
        this.predictions = predictions;
        this.usage = usage;
        this.quotas = quotas;
        this.publisher = publisher;
    }

    /**
     * @return whether it was still held: not when it was canceled or taken over
     * @throws dev.atelier.server.error.ApiException 429 when the plan has more pictures than the owner's quota of the day has left
     */
    boolean plan(Prediction held, GenerationPlan plan, LeaseOwner holder) {
        Prediction planned = held.withPlan(plan, warnings(held, plan.warnings()));
        int more = plan.shots().size() - held.order().plan().shots().size();
        return release(held, holder, () -> {
            if (more > 0) {
                quotas.require(held.owner(), more, held.times().createdAt());
            }
            predictions.replan(planned);
            usage.replanned(planned);
        });
    }

    /**
     * Leaves a prediction its plan by rules.
     *
     * @param why for its caller
     * @return whether it was still held
     */
    boolean keepRules(Prediction held, String why, LeaseOwner holder) {
        Warnings told = held.state().warnings().and(List.of(why));
        return release(
                held,
                holder,
                () -> predictions.replan(held.withPlan(held.order().plan(), told)));
    }

    private boolean release(Prediction held, LeaseOwner holder, Runnable writing) {
        boolean released = Boolean.TRUE.equals(transactions.execute(_ -> {
            if (!queue.release(held.id(), holder)) {
                return false;
            }
            writing.run();
            return true;
        }));
        if (released) {
            publisher.publishEvent(new PredictionQueued(Status.STARTING));
        }
        return released;
    }

    /** What the plan by rules warned of holds no longer; everything else does. */
    private static Warnings warnings(Prediction held, List<String> ofPlan) {
        List<String> kept = new ArrayList<>(held.state().warnings().sentences());
        kept.removeAll(new Warnings(held.order().plan().warnings()).sentences());
        kept.addAll(ofPlan);
        return new Warnings(kept);
    }
}
