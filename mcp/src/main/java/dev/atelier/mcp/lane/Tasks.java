package dev.atelier.mcp.lane;

import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.tool.Drawn;
import dev.atelier.mcp.tool.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Predictions as tasks (SEP-2663). */
final class Tasks {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final double TELLS_ENOUGH = 0.05;

    private Tasks() {}

    /** A CreateTaskResult. */
    static ObjectNode created(PredictionView prediction, DrawingService service) {
        return task(prediction, service).put("resultType", "task");
    }

    /** A task with its result once there is one. A failed picture is a result: {@code failed} is for errors of the protocol. */
    static ObjectNode detailed(PredictionView prediction, DrawingService service) {
        ObjectNode task = task(prediction, service);
        if (task.get("status").stringValue().equals("completed")) {
            task.set("result", Contents.of(Drawn.answer(prediction, service)));
        }
        return task;
    }

    private static ObjectNode task(PredictionView prediction, DrawingService service) {
        ObjectNode task = Json.object()
                .put("taskId", prediction.id())
                .put("status", status(prediction))
                .put("statusMessage", message(prediction))
                .put("createdAt", prediction.createdAt().toString())
                .put("lastUpdatedAt", lastChange(prediction));
        Duration kept = service.keepsPredictions();
        if (kept.isZero()) {
            task.putNull("ttlMs");
        } else {
            task.put("ttlMs", kept.toMillis());
        }
        return task.put("pollIntervalMs", pause(prediction).toMillis());
    }

    private static String status(PredictionView prediction) {
        return switch (prediction.state()) {
            case PLANNING, STARTING, PROCESSING -> "working";
            case COMPLETED, FAILED -> "completed";
            case CANCELED -> "cancelled";
        };
    }

    private static String message(PredictionView prediction) {
        return switch (prediction.state()) {
            case PLANNING, STARTING -> "Waiting.";
            case PROCESSING ->
                String.format(Locale.ROOT, "Being made, %d %%.", Math.round(prediction.progress() * 100));
            case COMPLETED -> "Made.";
            case FAILED, CANCELED -> prediction.error();
        };
    }

    private static String lastChange(PredictionView prediction) {
        if (!prediction.completedAt().isEmpty()) {
            return prediction.completedAt();
        }
        return prediction.startedAt().isEmpty() ? prediction.createdAt().toString() : prediction.startedAt();
    }

    /** A quarter of the time left, as far as the progress so far tells it. */
    private static Duration pause(PredictionView prediction) {
        double done = prediction.progress();
        if (prediction.startedAt().isEmpty() || done < TELLS_ENOUGH || done >= 1) {
            return USUAL_PAUSE;
        }
        Duration taken = Duration.between(
                Instant.parse(prediction.startedAt()), Clock.systemUTC().instant());
        long quarter = Math.round(taken.toMillis() * (1 - done) / done / 4);
        return Duration.ofMillis(Math.clamp(quarter, USUAL_PAUSE.toMillis() / 2, LONGEST_PAUSE.toMillis()));
    }
}
