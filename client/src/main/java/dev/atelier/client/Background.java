package dev.atelier.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A call on a virtual thread of its own; whoever completes or cancels its future from outside interrupts it. */
final class Background<T> extends CompletableFuture<T> {
    static <T> CompletableFuture<T> run(String name, Supplier<T> call) {
        Background<T> future = new Background<>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                future.complete(call.get());
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
        });
        future.whenComplete((_, _) -> {
            if (Thread.currentThread() != thread) {
                thread.interrupt();
            }
        });
        thread.start();
        return future;
    }

    private Background() {}

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
