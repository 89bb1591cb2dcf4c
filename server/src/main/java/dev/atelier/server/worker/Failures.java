package dev.atelier.server.worker;

import dev.atelier.engine.pipeline.Cancellation.DeadlineExceededException;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.EngineException.OutOfDeviceMemoryException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Failure.Reason;

/** What callers are told of what goes wrong while pictures are made, by kind. */
final class Failures {
    private Failures() {}

    static Failure of(Throwable thrown) {
        return switch (thrown) {
            case DeadlineExceededException e -> Failure.of(Reason.DEADLINE, e.getMessage());
            case ApiException e -> new Failure(Reason.REFERENCE, e.field(), e.getMessage());
            case InvalidRequestException e -> new Failure(Reason.REQUEST, e.field(), e.getMessage());
            case IllegalArgumentException e -> Failure.of(Reason.REQUEST, e.getMessage());
            case OutOfDeviceMemoryException e -> Failure.of(Reason.MEMORY, e.getMessage());
            case OutOfMemoryError _ -> Failure.of(Reason.MEMORY, "the picture needs more memory than this service has");
            case EngineException _, IllegalStateException _, StorageException _
            when thrown.getMessage() != null -> Failure.of(Reason.ENGINE, thrown.getMessage());
            default ->
                Failure.of(Reason.ENGINE, "an internal error; the service's log has it under the prediction's id");
        };
    }
}
