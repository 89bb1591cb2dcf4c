package dev.atelier.server.planning;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.server.AtelierProperties;
import dev.atelier.server.database.ExclusiveDatabase;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.prediction.PredictionService.Subscription;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.PlanQueue;
import dev.atelier.server.queue.PredictionQueued;
import dev.atelier.server.queue.WorkQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The planners of this process: one thread claims predictions that wait for a plan, and several at once are planned, each on threads of
 * its own and never on a request's or a device's. Only the engineer's thread is interrupted, never one that uses the database: H2 would
 * close its file for everyone.
 */
@Component
class PlanningWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(PlanningWorkers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int RENEWALS_PER_LEASE = 3;

    private final PlanRefinement refinement;
    private final PlanQueue queue;
    private final WorkQueue leases;
    private final PredictionEvents events;
    private final ExclusiveDatabase database;
    private final AtelierProperties.Worker worker;
    private final LeaseOwner holder;
    private final Semaphore free;
    private final Semaphore waiting = new Semaphore(0);
    private final Map<String, FutureTask<GenerationPlan>> held = new ConcurrentHashMap<>();
    private volatile boolean running;
    private ExecutorService planners;
    private ExecutorService engineers;
    private ScheduledExecutorService timer;

    PlanningWorkers(
            PlanRefinement refinement,
            PlanQueue queue,
            WorkQueue leases,
            PredictionEvents events,
            ExclusiveDatabase database,
            AtelierProperties properties,
            RefinementProperties settings) {
        this.refinement = refinement;
        this.queue = queue;
        this.leases = leases;
        this.events = events;
        this.database = database;
        this.worker = properties.worker();
        holder = new LeaseOwner(UUID.randomUUID() + "/planning", worker.lease());
        free = new Semaphore(settings.atOnce());
    }

    @Override
    public synchronized void start() {
        if (!worker.enabled()) {
            return;
        }
        if (database.isExclusive()) {
            // Nobody else can hold a lease: what the last process left is taken up at once.
            queue.endLeases();
        }
        running = true;
        planners = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("planner-", 0).factory());
        engineers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("engineer-", 0).factory());
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("planning-leases").daemon().factory());
        long pause = worker.lease().toMillis() / RENEWALS_PER_LEASE;
        timer.scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
        planners.execute(this::run);
    }

    @EventListener
    void queued(PredictionQueued event) {
        if (event.waits() == Status.PLANNING) {
            waiting.release();
        }
    }

    private void run() {
        while (running) {
            try {
                if (!planNext()) {
                    waiting.tryAcquire(worker.poll().toMillis(), TimeUnit.MILLISECONDS);
                    waiting.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
    }

    /** Waits until one more may be planned, and begins with the next; false when there is none. */
    private boolean planNext() throws InterruptedException {
        free.acquire();
        boolean begun = false;
        try {
            begun = running && claim();
        } catch (RuntimeException e) {
            log.error("the queue of plans cannot be used; tried again: {}", e.getMessage());
            log.debug("the queue of plans cannot be used", e);
        } finally {
            if (!begun) {
                free.release();
            }
        }
        return begun;
    }

    private boolean claim() {
        Prediction claimed = queue.claim(holder).orElse(null);
        if (claimed == null) {
            return false;
        }
        try {
            planners.execute(() -> plan(claimed));
            return true;
        } catch (RejectedExecutionException e) {
            queue.handBack(claimed.id(), holder);
            return false;
        }
    }

    private void plan(Prediction claimed) {
        FutureTask<GenerationPlan> answer = new FutureTask<>(() -> refinement.ask(claimed));
        held.put(claimed.id(), answer);
        try (Subscription _ = events.subscribe(claimed.id(), event -> cancelAtEnd(event, answer))) {
            settle(claimed, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("{} is planned again once its lease has run out: {}", claimed.id(), e.getMessage());
            log.debug("{} could not be planned", claimed.id(), e);
        } finally {
            held.remove(claimed.id());
            free.release();
        }
    }

    private void settle(Prediction claimed, FutureTask<GenerationPlan> answer) throws InterruptedException {
        if (refinement.isExhausted(claimed)) {
            refinement.giveUp(claimed, holder);
            return;
        }
        try {
            engineers.execute(answer);
            refinement.settle(claimed, answer, holder);
        } catch (CancellationException | RejectedExecutionException e) {
            // Canceled and lost predictions are settled already: handing back changes only what is still held.
            queue.handBack(claimed.id(), holder);
        }
    }

    private static void cancelAtEnd(PredictionEvent event, Future<GenerationPlan> answer) {
        if (event instanceof PredictionEvent.Done) {
            answer.cancel(true);
        }
    }

    /** Called a few times a lease. */
    private void renew() {
        Set<String> ids = Set.copyOf(held.keySet());
        try {
            Set<String> still = leases.renew(ids, holder);
            held.forEach((id, answer) -> {
                if (ids.contains(id) && !still.contains(id)) {
                    answer.cancel(true);
                }
            });
        } catch (RuntimeException e) {
            log.warn(
                    "the leases of {} could not be renewed; others plan them after {} s: {}",
                    ids,
                    holder.lease().toSeconds(),
                    e.getMessage());
        }
    }

    /** Hands back what is being planned. */
    @Override
    public synchronized void stop() {
        if (!running) {
            return;
        }
        running = false;
        waiting.release();
        timer.shutdown();
        planners.shutdown();
        engineers.shutdown();
        held.values().forEach(answer -> answer.cancel(true));
        try {
            if (!planners.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("plans are not handed back in {} s; others take them over", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
