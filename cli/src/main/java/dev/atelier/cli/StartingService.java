package dev.atelier.cli;

import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.StartedService;
import dev.atelier.server.StartException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A service that starts meanwhile: agents want the first answer at once, and what needs the service waits for it. */
final class StartingService implements StartedService {
    private final CompletableFuture<StartedService> starting;

    private StartingService(CompletableFuture<StartedService> starting) {
        this.starting = starting;
    }

    static StartingService begin(Supplier<? extends StartedService> start, Terminal terminal) {
        CompletableFuture<StartedService> starting = CompletableFuture.supplyAsync(
                start::get, task -> Thread.ofPlatform().name("atelier-start").start(task));
        starting.exceptionally(failure -> {
            terminal.note("atelier: " + reason(failure));
            return null;
        });
        return new StartingService(starting);
    }

    @Override
    public DrawingService service() {
        return (DrawingService) Proxy.newProxyInstance(
                DrawingService.class.getClassLoader(), new Class<?>[] {DrawingService.class}, this::invoke);
    }

    private Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(started().service(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private StartedService started() {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw new DrawingException(503, "the service did not start: " + reason(e));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StartException start ? start.getMessage() + " " + start.hint() : cause.getMessage();
    }

    /** One that is starting still ends with the process. */
    @Override
    public void close() {
        if (starting.isDone() && !starting.isCompletedExceptionally()) {
            starting.join().close();
        }
    }
}
