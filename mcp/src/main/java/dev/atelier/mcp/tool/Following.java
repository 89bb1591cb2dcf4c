package dev.atelier.mcp.tool;

import dev.atelier.api.PredictionView;
import dev.atelier.api.Progress;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.tool.ToolCall.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a prediction and tells how far it is. */
final class Following {
    private static final Set<PredictionView.State> ENDS =
            Set.of(PredictionView.State.COMPLETED, PredictionView.State.FAILED, PredictionView.State.CANCELED);

    private Following() {}

    static boolean hasEnded(PredictionView prediction) {
        return ENDS.contains(prediction.state());
    }

    /** The prediction once it has ended, or {@code wait} has passed, or the call was stopped, which cancels it if its caller wants that. */
    static PredictionView untilEnded(PredictionView submitted, Duration wait, ToolCall call) {
        DrawingService service = call.caller().service();
        if (hasEnded(submitted)) {
            return submitted;
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try (DrawingService.Watching _ = service.watch(submitted.id(), listener(call, ended))) {
            CompletableFuture.anyOf(ended, call.stop()).get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Its caller asks for it by its id.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a future that nobody fails", e);
        }
        if (call.isCanceled()) {
            cancel(submitted.id(), service);
        }
        return service.get(submitted.id());
    }

    private static void cancel(String id, DrawingService service) {
        try {
            service.cancel(id);
        } catch (DrawingException e) {
            if (e.status() != 409) {
                throw e;
            }
            // It had ended already.
        }
    }

    private static DrawingService.Listener listener(ToolCall call, CompletableFuture<Void> ended) {
        return new DrawingService.Listener() {
            @Override
            public void progress(Progress progress) {
                double done = progress.progress() == null ? 0 : progress.progress();
                call.progress().accept(new Step(done, words(progress)));
            }

            @Override
            public void ended() {
                ended.complete(null);
            }
        };
    }

    /** Such as {@code drawing picture 2 of 4, step 3 of 8, 12 s left}. */
    static String words(Progress progress) {
        StringBuilder words = new StringBuilder(
                progress.phase() == null ? "working" : progress.phase().name().toLowerCase(Locale.ROOT));
        if (progress.place() != null) {
            words.append(", place ").append(progress.place()).append(" of ").append(progress.waiting());
        }
        if (progress.images() != null && progress.image() != null && progress.images() > 1) {
            words.append(" picture ")
                    .append(progress.image() + 1)
                    .append(" of ")
                    .append(progress.images());
        }
        if (progress.steps() != null && progress.steps() > 0) {
            words.append(", step ").append(progress.step()).append(" of ").append(progress.steps());
        }
        if (progress.secondsLeft() != null) {
            words.append(", ").append(Math.round(progress.secondsLeft())).append(" s left");
        }
        return words.toString();
    }
}
