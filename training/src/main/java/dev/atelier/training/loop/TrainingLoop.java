package dev.atelier.training.loop;

import dev.atelier.engine.pipeline.Cancellation;
import java.nio.file.Path;

/** The loop over updates of every kind of training, on the thread that calls it, with a line in {@code log.jsonl} for each. */
public final class TrainingLoop {
    private final Path run;
    private final Budget budget;
    private final int checkpointEvery;
    private final Checkpoint checkpoint;
    private final TrainingListener listener;

    /**
     * @param run its folder; must exist
     * @param checkpointEvery updates between checkpoints; there is one at the end in any case
     */
    public TrainingLoop(
            Path run, Budget budget, int checkpointEvery, Checkpoint checkpoint, TrainingListener listener) {
        this.run = run;
        this.budget = budget;
        this.checkpointEvery = checkpointEvery;
        this.checkpoint = checkpoint;
        this.listener = listener;
    }

    /**
     * Trains until the budget is used up.
     *
     * @param start where the run stands, and {@code objective} with it
     * @param cancellation ends the run after an update, with a checkpoint
     * @return where it stands then
     * @throws java.util.concurrent.CancellationException after a cancellation
     */
    public Position run(Position start, Objective objective, Cancellation cancellation) {
        long begin = System.nanoTime();
        SmoothedLoss smoothed = new SmoothedLoss(start.smoothedLoss());
        Position at = start;
        long examples = 0;
        double training = 0;
        try (TrainingLog log = new TrainingLog(run.resolve("log.jsonl"))) {
            while (true) {
                double used = budget.used(at.step(), at.seconds());
                at = objective.enter(at, used);
                if (used >= 1) {
                    break;
                }
                long updateBegin = System.nanoTime();
                Objective.Update update = objective.accumulate(at);
                double rate = objective.rate(at, used);
                double norm = objective.optimizer().step(rate);
                examples += update.examples();
                training += seconds(updateBegin);
                at = at.after(start.seconds() + seconds(begin), smoothed.add(update.loss()));
                TrainingListener.Progress progress = new TrainingListener.Progress(
                        objective.stage(),
                        at.step(),
                        budget.used(at.step(), at.seconds()),
                        at.smoothedLoss(),
                        norm,
                        rate * objective.optimizer().settings().adamRate(),
                        examples / training,
                        objective.waitedSeconds() / training);
                listener.onStep(progress);
                log.write(progress, update.loss(), update.details());
                if (at.step() % checkpointEvery == 0 || cancellation.isCancelled()) {
                    checkpoint.write(at, objective.state());
                }
                cancellation.check();
                objective.after(at);
            }
        }
        if (at.step() > start.step()) {
            checkpoint.write(at, objective.state());
        }
        return at;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
