package dev.atelier.training.preference;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.training.dataset.Feedback;
import dev.atelier.training.dataset.PictureSource;
import dev.atelier.training.dataset.SkippedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.NoGradGuard;

/** Draws a few of the judged prompts as the model is at that moment and compares with what it drew at the start. On the model's thread. */
final class PreferenceGuard {
    private static final int PROMPTS = 6;
    private static final int SEEDS = 3;

    private final FineTunableModel model;
    private final double tolerance;
    private final List<List<ImageRequest>> requests = new ArrayList<>();
    private final Cancellation cancellation;
    private PictureStatistics start;

    /** @param side of a square of the area that is drawn, pixels */
    PreferenceGuard(FineTunableModel model, Feedback feedback, int side, double tolerance, Cancellation cancellation) {
        this.model = model;
        this.tolerance = tolerance;
        this.cancellation = cancellation;
        PictureSize size =
                new PictureSize(side, side).roundDown(model.pipeline().info().sizeMultiple());
        Set<String> seen = new HashSet<>();
        for (Feedback.Judgement judgement : feedback.judgements()) {
            if (requests.size() < PROMPTS && seen.add(judgement.prompt())) {
                add(judgement, size);
            }
        }
    }

    private void add(Feedback.Judgement judgement, PictureSize size) {
        List<Picture> references = new ArrayList<>();
        try {
            for (PictureSource source : judgement.references()) {
                references.add(source.read());
            }
        } catch (SkippedException e) {
            return; // counted when the pictures were encoded
        }
        List<ImageRequest> alike = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            alike.add(ImageRequest.of(judgement.prompt(), seed).toBuilder()
                    .size(size.width(), size.height())
                    .references(references)
                    .build());
        }
        requests.add(alike);
    }

    /** Takes what the model draws now as what to compare with. */
    void begin() {
        start = draw();
    }

    /** What is wrong with what the model draws now; empty when nothing is. */
    Optional<String> fault() {
        return draw().leaves(start, tolerance);
    }

    private PictureStatistics draw() {
        try (var _ = new NoGradGuard()) {
            return PictureStatistics.of(requests.stream()
                    .map(alike -> alike.stream().map(this::draw).toList())
                    .toList());
        }
    }

    private Picture draw(ImageRequest request) {
        return model.pipeline()
                .generate(request, GenerationListener.NONE, cancellation)
                .getFirst()
                .picture();
    }
}
