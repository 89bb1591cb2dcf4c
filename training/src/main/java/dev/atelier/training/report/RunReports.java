package dev.atelier.training.report;

import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.training.loop.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a run's pictures up to date in its folder: {@code loss.png} (and {@code autoencoder/loss.png}) every {@value #PLOT_EVERY}
 * steps, {@code samples-STEP.png} whenever averaged weights are written. A picture that fails is told of, and training goes on.
 */
public final class RunReports implements TrainingListener {
    static final int PLOT_EVERY = 200;

    private final Path run;
    private final List<String> prompts;
    private final EngineOptions options;
    private final Consumer<String> notes;
    private long lastSheet = -1;

    /**
     * @param prompts of the sample sheets; none: no sheets
     * @param options how models are loaded for sampling
     * @param notes hears of every sheet, and of what failed
     */
    public RunReports(Path run, List<String> prompts, EngineOptions options, Consumer<String> notes) {
        this.run = run;
        this.prompts = List.copyOf(prompts);
        this.options = options;
        this.notes = notes;
    }

    @Override
    public void onStep(Progress progress) {
        if (progress.step() % PLOT_EVERY == 0) {
            plots();
        }
    }

    @Override
    public void onSnapshot(Path model, long step) {
        plots();
        if (prompts.isEmpty() || step == lastSheet) {
            return;
        }
        lastSheet = step;
        Path sheet = run.resolve("samples-" + step + ".png");
        attempt(sheet, () -> {
            SampleSheet.write(model, prompts, options, sheet);
            notes.accept("step " + step + ": " + sheet);
        });
    }

    private void plots() {
        for (Path part : List.of(run, run.resolve("autoencoder"))) {
            Path log = part.resolve("log.jsonl");
            Path plot = part.resolve("loss.png");
            if (Files.exists(log)) {
                attempt(plot, () -> LossPlot.draw(log, plot));
            }
        }
    }

    private void attempt(Path picture, Runnable drawing) {
        try {
            drawing.run();
        } catch (RuntimeException e) {
            notes.accept(picture + " was not drawn, training goes on: " + e.getMessage());
        }
    }
}
