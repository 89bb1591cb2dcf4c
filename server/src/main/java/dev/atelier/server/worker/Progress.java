package dev.atelier.server.worker;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionEvents;
import dev.atelier.studio.PlanListener;
import java.util.List;

/** Carries what the engine tells of one call to the recorder and the watchers. */
final class Progress extends PlanListener.CallListener {
    private final List<ImageSlot> slots;
    private final boolean inTurn;
    private final Recorder.Session record;
    private final PredictionEvents events;
    private final WorkerMetrics metrics;
    private final Stages stages;
    private StepProgress last = new StepProgress(0, 1, 0, 0, 0);
    private final TimeLeft timeLeft = new TimeLeft();
    private WorkProgress work = new WorkProgress(0, WorkProgress.UNKNOWN);
    private PredictionEvent.Phase phase = PredictionEvent.Phase.PREPARING;

    /**
     * For a call that this thread makes.
     *
     * @param slots one for each picture of the call, in its order
     */
    Progress(List<ImageSlot> slots, Recorder.Session record, PredictionEvents events, WorkerMetrics metrics) {
        this.slots = slots;
        inTurn = slots.getFirst().job().plan().linked();
        this.record = record;
        this.events = events;
        this.metrics = metrics;
        stages = metrics.stages();
    }

    @Override
    public void onStage(Stage stage, int image) {
        stages.begin(stage);
        PredictionEvent.Phase next = phase(stage);
        if (next != phase || image != last.image()) {
            phase = next;
            last = new StepProgress(image, last.images(), 0, 0, 0);
            onProgress(work);
        }
    }

    private static PredictionEvent.Phase phase(Stage stage) {
        return switch (stage) {
            case TEXT, REFERENCES -> PredictionEvent.Phase.PREPARING;
            case DENOISE -> PredictionEvent.Phase.DRAWING;
            case REFINE -> PredictionEvent.Phase.REFINING;
            case DECODE -> PredictionEvent.Phase.DECODING;
        };
    }

    @Override
    public void onStep(StepProgress step) {
        metrics.step(step);
        last = step;
    }

    @Override
    public void onProgress(WorkProgress work) {
        this.work = work;
        slots.stream().map(ImageSlot::job).distinct().forEach(job -> {
            List<ImageSlot> ofJob = slots.stream().filter(p -> p.job() == job).toList();
            ImageSlot shown = inTurn ? slots.get(last.image()) : ofJob.getFirst();
            tell(shown, work, ofJob.size());
        });
    }

    /** @param count pictures of the prediction that the call makes */
    private void tell(ImageSlot slot, WorkProgress work, int count) {
        String id = slot.job().prediction().id();
        int images = slot.job().plan().shots().size();
        double progress = Math.min(1, (slot.before() + count * work.fraction()) / images);
        int rest = images - slot.before() - count;
        record.progress(id, progress);
        events.publish(
                id,
                new PredictionEvent.Progress(
                        phase,
                        new PredictionEvent.Pictures(slot.index(), inTurn ? 1 : count, images),
                        last.step(),
                        last.steps(),
                        progress,
                        timeLeft.of(work, count, rest)));
    }

    @Override
    public boolean wantsPreviews() {
        return slots.stream().anyMatch(p -> events.watched(p.job().prediction().id()));
    }

    @Override
    public void onPreview(int image, Picture preview) {
        ImageSlot slot = slots.get(image);
        if (events.watched(slot.job().prediction().id())) {
            record.preview(slot.job().prediction().id(), slot.index(), preview);
        }
    }

    @Override
    protected void onFinished(GeneratedImage image) {
        ImageSlot slot = slots.get(image.index());
        record.image(slot.job().prediction(), slot.index(), image);
    }

    @Override
    public void close() {
        stages.close();
    }
}
