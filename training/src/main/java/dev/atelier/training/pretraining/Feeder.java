package dev.atelier.training.pretraining;

import dev.atelier.training.dataset.Example;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Makes the examples of coming steps on worker threads while the trainer computes. Encoded examples come back to it and are kept, so
 * that an example drawn again is not rendered again.
 */
final class Feeder implements AutoCloseable {
    /** Steps prepared ahead. */
    private static final int AHEAD = 6;

    /** Bytes of encoded examples kept at most. */
    private static final long CACHE_BYTES = 1L << 30;

    private final ExampleSource source;
    private final LongFunction<BatchPlan> plans;
    private final ExecutorService workers;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Map<Key, Encoded> cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));
    private long cachedBytes;
    private long nextStep;
    private double waitedSeconds;

    /** Which example. */
    record Key(Task task, int references, long index, int size) {}

    /**
     * An example as latents in half precision: references in order, then the target.
     *
     * @param prompts as {@link Example#prompts}
     */
    record Encoded(List<short[]> latents, LongFunction<String> prompts) {
        long bytes() {
            return latents.stream().mapToLong(l -> 2L * l.length).sum();
        }
    }

    /** An example of a batch: encoded before, or rendered just now (the other is null). */
    record Prepared(Key key, Encoded encoded, Example example) {}

    private record Pending(BatchPlan plan, List<Future<Prepared>> examples) {}

    /** @param plans the plan of a step; null when there is none after it */
    Feeder(ExampleSource source, LongFunction<BatchPlan> plans, long firstStep, int threads) {
        this.source = source;
        this.plans = plans;
        this.nextStep = firstStep;
        workers = Executors.newFixedThreadPool(
                threads,
                Thread.ofPlatform()
                        .name("render-", 0)
                        .daemon()
                        .priority(Thread.MIN_PRIORITY)
                        .factory());
    }

    /** The examples of {@code plan}, which must be the plan after the one taken before. */
    List<Prepared> take(BatchPlan plan) {
        while (pending.size() < AHEAD) {
            BatchPlan next = pending.isEmpty() ? plan : plans.apply(nextStep);
            if (next == null) {
                break;
            }
            pending.add(submit(next));
            nextStep = next.step() + 1;
        }
        Pending first = pending.removeFirst();
        if (!first.plan().samePlan(plan)) {
            // A new stage has begun: what was prepared for the old one is of no use.
            pending.clear();
            nextStep = plan.step();
            return take(plan);
        }
        long start = System.nanoTime();
        List<Prepared> out = new ArrayList<>();
        for (Future<Prepared> example : first.examples()) {
            out.add(get(example));
        }
        waitedSeconds += (System.nanoTime() - start) / 1e9;
        return out;
    }

    private Pending submit(BatchPlan plan) {
        List<Future<Prepared>> examples = new ArrayList<>();
        for (long index : plan.indices()) {
            Key key = new Key(plan.task(), plan.references(), index, plan.size());
            examples.add(workers.submit(() -> prepare(key)));
        }
        return new Pending(plan, examples);
    }

    private Prepared prepare(Key key) {
        Encoded known = cache.get(key);
        return known != null
                ? new Prepared(key, known, null)
                : new Prepared(key, null, source.example(key.task(), key.references(), key.index(), key.size()));
    }

    private static Prepared get(Future<Prepared> example) {
        try {
            return example.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an example could not be made: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an example", e);
        }
    }

    /** Keeps an encoded example; the least recently used ones make room. */
    void keep(Key key, Encoded encoded) {
        synchronized (cache) {
            if (cache.put(key, encoded) == null) {
                cachedBytes += encoded.bytes();
            }
            while (cachedBytes > CACHE_BYTES) {
                Key eldest = cache.keySet().iterator().next();
                cachedBytes -= cache.remove(eldest).bytes();
            }
        }
    }

    /** Seconds that the trainer has waited for examples so far. */
    double waitedSeconds() {
        return waitedSeconds;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
