package dev.atelier.training.evaluation;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import java.util.ArrayList;
import java.util.List;

/** The model, asked for square pictures of its own size. Counts what it makes. Not thread-safe. */
final class ModelUnderTest {
    private final ImagePipeline pipeline;
    private final EvaluationSettings settings;
    private final EvaluationListener listener;
    private final Cancellation cancellation;
    private Part part;
    private int done;
    private int total;

    ModelUnderTest(
            ImagePipeline pipeline,
            EvaluationSettings settings,
            EvaluationListener listener,
            Cancellation cancellation) {
        this.pipeline = pipeline;
        this.settings = settings;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** From now on {@code total} pictures are made for {@code part}. */
    void begin(Part part, int total) {
        this.part = part;
        this.total = total;
        done = 0;
    }

    /** Pixels a side of what the model makes when nothing else is asked for. */
    int side() {
        return pipeline.info().defaultSize();
    }

    Picture make(String prompt, long seed, List<Picture> references) {
        ImageRequest request =
                request(prompt, seed).toBuilder().references(references).build();
        Picture picture = pipeline.generate(request, GenerationListener.NONE, cancellation)
                .getFirst()
                .picture();
        count();
        return picture;
    }

    List<Picture> sequence(List<String> prompts, long seed) {
        List<SequenceRequest.Shot> shots = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            shots.add(new SequenceRequest.Shot(prompts.get(i), seed + i));
        }
        SequenceRequest request = new SequenceRequest(shots, request(prompts.getFirst(), seed), List.of());
        GenerationListener counting = new GenerationListener() {
            @Override
            public void onImage(GeneratedImage image) {
                count();
            }
        };
        return pipeline.generateSequence(request, counting, cancellation).stream()
                .map(GeneratedImage::picture)
                .toList();
    }

    private void count() {
        done++;
        listener.onPicture(part, done, total);
    }

    private ImageRequest request(String prompt, long seed) {
        return ImageRequest.of(prompt, seed & Long.MAX_VALUE).toBuilder()
                .size(side(), side())
                .steps(settings.steps())
                .guidanceScale(settings.guidance())
                .build();
    }
}
