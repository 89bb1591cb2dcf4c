package dev.atelier.training.lora;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.dataset.PictureDataset;
import dev.atelier.training.dataset.PictureSource;
import dev.atelier.training.dataset.SkippedException;
import dev.atelier.training.report.SampleSheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;

/** Draws the same prompts with the same seed while a run goes on, with and without the adapter. On the model's device thread. */
final class LoraSampler {
    /** Captions of the dataset that are drawn when no prompts are given. */
    private static final int CAPTIONS = 3;

    private final FineTunableModel model;
    private final LowRankFactors factors;
    private final LoraSettings settings;
    private final List<ImageRequest> requests = new ArrayList<>();
    private final List<Picture> without = new ArrayList<>();

    LoraSampler(FineTunableModel model, LowRankFactors factors, LoraSettings settings) {
        this.model = model;
        this.factors = factors;
        this.settings = settings;
    }

    /** Sets what is drawn. */
    void add(LoraJob.Watch watch, PictureDataset data) {
        if (watch.sampleEvery() == 0) {
            return;
        }
        watch.prompts().forEach(prompt -> requests.add(request(prompt)));
        for (CaptionedPicture entry : data.entries()) {
            if (!watch.prompts().isEmpty() || requests.size() == CAPTIONS) {
                break;
            }
            try {
                List<Picture> references = new ArrayList<>();
                for (PictureSource source : entry.references()) {
                    references.add(source.read());
                }
                requests.add(request(settings.data().prompt(entry.caption())).toBuilder()
                        .references(references)
                        .build());
            } catch (SkippedException e) {
                // Counted when the dataset was encoded; another entry is drawn.
            }
        }
    }

    private ImageRequest request(String prompt) {
        int side = settings.data().resolution();
        PictureSize size =
                new PictureSize(side, side).roundDown(model.pipeline().info().sizeMultiple());
        return ImageRequest.of(prompt, settings.seed()).toBuilder()
                .size(size.width(), size.height())
                .build();
    }

    /** Draws everything as the adapter is now. */
    void write(Path sheet, Cancellation cancellation) {
        try (var _ = new NoGradGuard()) {
            if (without.isEmpty()) {
                without.addAll(factors.without(() -> requests.stream()
                        .map(request -> draw(request, cancellation))
                        .toList()));
            }
            List<SampleSheet.Sample> pairs = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                ImageRequest request = requests.get(i);
                pairs.add(new SampleSheet.Sample("without: " + request.prompt(), without.get(i)));
                pairs.add(new SampleSheet.Sample("with: " + request.prompt(), draw(request, cancellation)));
            }
            SampleSheet.write(pairs, 2, sheet);
        }
    }

    private Picture draw(ImageRequest request, Cancellation cancellation) {
        return model.pipeline()
                .generate(request, GenerationListener.NONE, cancellation)
                .getFirst()
                .picture();
    }
}
