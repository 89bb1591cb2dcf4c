package dev.atelier.server.worker;

import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.Traces;
import dev.atelier.server.queue.WorkQueue;
import java.time.Clock;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the worker of each device. */
@Component
class DeviceWorkers {
    private final WorkQueue queue;
    private final Traces traces;
    private final BatchRunner runner;
    private final PredictionCompletion completion;
    private final PredictionEvents events;
    private final Clock clock;

    DeviceWorkers(
            WorkQueue queue,
            Traces traces,
            BatchRunner runner,
            PredictionCompletion completion,
            PredictionEvents events,
            Clock clock) {
        this.queue = queue;
        this.traces = traces;
        this.runner = runner;
        this.completion = completion;
        this.events = events;
        this.clock = clock;
    }

    /** What a device holds. */
    Leases leases(LeaseOwner holder) {
        return new Leases(queue, events, holder);
    }

    /** @param models ids of the models that run on the device */
    DeviceWorker worker(Set<String> models, Leases leases) {
        return new DeviceWorker(models, leases, queue, traces, runner, completion, clock);
    }
}
