package dev.atelier.server.planning;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.server.admission.Planner;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.queue.LeaseOwner;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the final plan of a held prediction: the prompt engineer's, or the one by rules with the reason why. */
@Component
class PlanRefinement {
    private static final Logger log = LoggerFactory.getLogger(PlanRefinement.class);
    private static final String BY_RULES = "prompt: planned by rules; ";

    private final Planner planner;
    private final PlannedPredictions planned;
    private final MeterRegistry meters;
    private final Duration timeout;
    private final int maxAttempts;

    /** Why a plan is the rules'; few, because they label a metric. */
    private enum Fallback {
        TIMEOUT,
        FAILED,
        REFUSED,
        QUOTA,
        ABANDONED
    }

    PlanRefinement(Planner planner, PlannedPredictions planned, MeterRegistry meters, RefinementProperties settings) {
        this.planner = planner;
        this.planned = planned;
        this.meters = meters;
        this.timeout = settings.timeout();
        this.maxAttempts = settings.maxAttempts();
    }

    /** Asks the prompt engineer; takes as long as it takes. */
    GenerationPlan ask(Prediction held) {
        return planner.refined(held.order());
    }

    /** Whether the engineer was asked for this so often without surviving it that it is not asked again. */
    boolean isExhausted(Prediction held) {
        return held.state().attempts() > maxAttempts;
    }

    /**
     * Waits for the engineer's answer and queues the prediction with what comes of it.
     *
     * @param answer is canceled when it takes too long
     * @throws CancellationException when {@code answer} was canceled by somebody else; nothing was written then
     */
    void settle(Prediction held, Future<GenerationPlan> answer, LeaseOwner holder) throws InterruptedException {
        try {
            GenerationPlan plan = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (planned.plan(held, plan, holder)) {
                count("engineer", "none");
            }
        } catch (TimeoutException e) {
            answer.cancel(true);
            keepRules(
                    held,
                    Fallback.TIMEOUT,
                    "the prompt engineer did not answer within " + timeout.toMillis() / 1000.0 + " s",
                    holder);
        } catch (ApiException e) {
            keepRules(held, Fallback.QUOTA, e.getMessage(), holder);
        } catch (ExecutionException e) {
            failed(held, e.getCause(), holder);
        }
    }

    /** Queues a prediction that {@link #isExhausted} with its plan by rules. */
    void giveUp(Prediction held, LeaseOwner holder) {
        keepRules(
                held,
                Fallback.ABANDONED,
                "the service stopped " + maxAttempts + " times while the prompt engineer was asked",
                holder);
    }

    private void failed(Prediction held, Throwable cause, LeaseOwner holder) {
        switch (cause) {
            case ApiException e -> refused(held, e, holder);
            case InvalidRequestException e -> refused(held, e, holder);
            default -> {
                log.error("the prompt engineer failed at {}", held.id(), cause);
                keepRules(held, Fallback.FAILED, "the prompt engineer failed", holder);
            }
        }
    }

    private void refused(Prediction held, RuntimeException e, LeaseOwner holder) {
        keepRules(
                held,
                Fallback.REFUSED,
                "the prompt engineer's plan cannot be made here (" + e.getMessage() + ")",
                holder);
    }

    private void keepRules(Prediction held, Fallback fallback, String why, LeaseOwner holder) {
        if (planned.keepRules(held, BY_RULES + why, holder)) {
            log.info("{} is planned by rules: {}", held.id(), why);
            count("rules", fallback.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private void count(String by, String reason) {
        meters.counter("atelier.plans", "by", by, "reason", reason).increment();
    }
}
