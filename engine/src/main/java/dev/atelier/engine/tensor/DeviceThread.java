package dev.atelier.engine.tensor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;

/**
 * The one platform thread that does all libtorch work of a device. Callers (virtual threads too) hand over plain Java and get
 * plain Java back, never tensors. Gradients are off on this thread, set once when it starts.
 *
 * <p>Why one: libtorch keeps gradient mode per operating-system thread, and every calling thread would grow an OpenMP pool of
 * its own.
 */
public final class DeviceThread implements AutoCloseable {
    private final ExecutorService executor;
    private volatile Thread thread;

    public DeviceThread(String name) {
        this(name, ThreadPriority.NORMAL);
    }

    /**
     * A thread that gives way to others.
     *
     * @param nice added to the nice value of the thread and of the workers that libtorch starts from it, 0 (as other threads) to
     *     19 (the lowest priority); without effect on other systems than Linux
     */
    public DeviceThread(String name, int nice) {
        executor = Executors.newSingleThreadExecutor(task -> {
            Thread t = Thread.ofPlatform().name(name).daemon().unstarted(task);
            thread = t;
            return t;
        });
        call(() -> {
            // Before libtorch starts its workers, which inherit it.
            ThreadPriority.lower(nice);
            GradMode.set_enabled(false);
            return null;
        });
    }

    /**
     * Runs {@code body} on the device's thread in a scope of its own and waits for it. Called on that thread, it runs at once.
     *
     * @throws EngineException when libtorch fails; other unchecked exceptions pass unchanged
     */
    public <T> T call(Callable<T> body) {
        if (Thread.currentThread() == thread) {
            return runScoped(body);
        }
        try {
            return executor.submit(() -> runScoped(body)).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new EngineException(e.getCause().toString(), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for the device thread", e);
        }
    }

    /** As {@link #call}, with gradients recorded: for training. */
    public <T> T callWithGradients(Callable<T> body) {
        return call(() -> {
            try (var _ = new AutoGradMode(true)) {
                return body.call();
            }
        });
    }

    /** Gives memory that past sizes left in native caches back to the system. Cheap; called after a job. */
    public void trim() {
        call(() -> {
            Pointer.trimMemory();
            return null;
        });
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(30, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many threads libtorch uses inside an operator. */
    public static void setThreads(int threads) {
        torch.set_num_threads(threads);
    }

    private static <T> T runScoped(Callable<T> body) {
        try (var _ = new PointerScope()) {
            return body.call();
        } catch (RuntimeException e) {
            // JavaCPP wraps C++ exceptions in bare RuntimeExceptions; anything more specific is ours.
            throw e.getClass() == RuntimeException.class ? EngineException.of("libtorch", e) : e;
        } catch (Exception e) {
            throw new EngineException(e.toString(), e);
        }
    }
}
