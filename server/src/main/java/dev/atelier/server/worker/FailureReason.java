package dev.atelier.server.worker;

import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;

/** Why a prediction failed, in few words: the label of a metric. */
enum FailureReason {
    NONE,
    DEADLINE,
    MEMORY,
    ABANDONED,
    REFERENCE,
    ENGINE;

    static FailureReason of(Prediction prediction) {
        String error = prediction.state().error();
        if (prediction.status() != Status.FAILED) {
            return NONE;
        }
        if (error.contains("deadline")) {
            return DEADLINE;
        }
        if (error.contains("memory")) {
            return MEMORY;
        }
        if (error.contains("the service stopped")) {
            return ABANDONED;
        }
        return error.startsWith("images[") || error.startsWith("mask") ? REFERENCE : ENGINE;
    }
}
