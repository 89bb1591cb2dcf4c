package dev.atelier.cli;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.Shot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the pictures of a plan and writes each as soon as it is finished.
 *
 * @param references all pictures of the request, in its order
 * @param edit what of the first of them may change
 */
record PictureJob(
        GenerationPlan plan,
        Sampling sampling,
        List<Picture> references,
        EditScope edit,
        OutputFiles files,
        Terminal terminal) {
    void run(ImagePipeline pipeline, Cancellation cancellation) {
        files.prepare(plan.shots().size());
        if (plan.linked()) {
            try (GenerationProgress progress = progress(pipeline.info(), 0)) {
                pipeline.generateSequence(sequence(), progress, cancellation);
            }
        } else if (new HashSet<>(plan.shots()).size() == 1) {
            try (GenerationProgress progress = progress(pipeline.info(), 0)) {
                pipeline.generate(request(plan.shots().getFirst()).withSeeds(seeds()), progress, cancellation);
            }
        } else {
            // Pictures of different words share no batch.
            for (int i = 0; i < plan.shots().size(); i++) {
                ImageRequest request = request(plan.shots().get(i)).withSeeds(List.of(seed(i)));
                try (GenerationProgress progress = progress(pipeline.info(), i)) {
                    pipeline.generate(request, progress, cancellation);
                }
            }
        }
    }

    /** @param first index in the plan of the picture that the pipeline numbers 0 */
    private GenerationProgress progress(ModelInfo model, int first) {
        return new GenerationProgress(terminal, image -> write(image, first + image.index(), model));
    }

    private SequenceRequest sequence() {
        List<SequenceRequest.Shot> shots = new ArrayList<>();
        for (Shot shot : plan.shots()) {
            shots.add(new SequenceRequest.Shot(shot.prompt(), seed(shots.size())));
        }
        return new SequenceRequest(shots, request(plan.shots().getFirst().prompt(), references), List.of());
    }

    private ImageRequest request(Shot shot) {
        return request(
                shot.prompt(), shot.references().stream().map(references::get).toList());
    }

    private ImageRequest request(String prompt, List<Picture> shown) {
        PlannedSize size = shown.isEmpty() || edit.bound()
                ? plan.size()
                : plan.size().like(shown.getFirst().width(), shown.getFirst().height());
        return new ImageRequest(
                prompt,
                plan.negativePrompt(),
                size.width(),
                size.height(),
                sampling.steps(),
                sampling.guidanceScale(),
                List.of(seed(0)),
                shown,
                false,
                List.of(),
                plan.linked() || shown.isEmpty() ? EditScope.FREE : edit);
    }

    private List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        while (seeds.size() < plan.shots().size()) {
            seeds.add(seed(seeds.size()));
        }
        return seeds;
    }

    private long seed(int index) {
        return sampling.seed() + index;
    }

    private void write(GeneratedImage image, int index, ModelInfo model) {
        PictureMetadata metadata = new PictureMetadata(
                "Atelier " + Atelier.version(),
                model.name(),
                image.prompt(),
                plan.negativePrompt(),
                new PictureMetadata.Sampling(image.seed(), image.steps(), image.guidanceScale()),
                PictureSize.of(image.picture()),
                Map.of("precision", model.precision()));
        byte[] bytes = PictureWriter.write(image.picture(), files.format(), metadata);
        Path file = files.write(bytes, index, plan.shots().size());
        terminal.result(file.toString());
        terminal.note(String.format(
                Locale.ROOT,
                "  %dx%d, seed %d, %d steps, guidance %s, %s",
                image.picture().width(),
                image.picture().height(),
                image.seed(),
                image.steps(),
                image.guidanceScale(),
                Sizes.seconds(image.seconds())));
    }
}
