package dev.atelier.server.admission;

import dev.atelier.engine.generation.ModelOutline;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import dev.atelier.server.prediction.Estimate;
import dev.atelier.server.prediction.PredictionRepository;
import dev.atelier.server.prediction.Warnings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What requests would take: time by what the model's latest pictures took, memory by its configuration. */
@Component
class Estimates {
    private static final double NO_GUIDANCE = 1;

    private final PredictionRepository predictions;
    private final ModelFolders folders;
    private final Map<String, Footprint> footprints = new ConcurrentHashMap<>();

    private record Footprint(long weightBytes, ModelOutline.Memory memory) {}

    Estimates(PredictionRepository predictions, ModelFolders folders) {
        this.predictions = predictions;
        this.folders = folders;
    }

    /** @param idle what of the request does nothing */
    Estimate of(GenerationRequest request, GenerationPlan plan, List<String> idle, ModelEntry model) {
        Sampling sampling = request.sampling();
        PlannedSize size = plan.size();
        long pixels = size.area();
        int steps = sampling.steps() > 0 ? sampling.steps() : model.defaults().steps();
        double guidance = sampling.guidanceScale() == Sampling.MODEL_GUIDANCE
                ? model.defaults().guidanceScale()
                : sampling.guidanceScale();
        int images = plan.shots().size();
        Footprint footprint = footprints.computeIfAbsent(model.id(), _ -> footprint(model));
        return new Estimate(
                images,
                size.width(),
                size.height(),
                secondsPerPixelStep(model) * pixels * steps * images,
                footprint.weightBytes() + footprint.memory().workingBytes(pixels, guidance > NO_GUIDANCE),
                new Warnings(plan.warnings()).and(idle),
                plan.reasons());
    }

    private double secondsPerPixelStep(ModelEntry model) {
        double measured = predictions.secondsPerPixelStep(model.id());
        return measured > 0 ? measured : model.defaults().secondsPerMegapixelStep() / 1e6;
    }

    private Footprint footprint(ModelEntry model) {
        return new Footprint(
                folders.weightBytes(model),
                ModelOutline.read(folders.folder(model)).memory());
    }
}
