package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.pipeline.TinyModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Flux2PipelineTest {
    @TempDir
    static Path folder;

    private static Flux2Pipeline pipeline;

    @BeforeAll
    static void open() {
        pipeline = Flux2Pipeline.open(TinyModels.distilled(folder), EngineOptions.defaults());
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void sameSeedGivesTheSamePictureAndAnotherSeedAnother() {
        ImageRequest request = ImageRequest.of("a lake", 7);

        assertThat(bytes(generate(request))).isEqualTo(bytes(generate(request)));
        assertThat(bytes(generate(request.toBuilder().seed(8L).build()))).isNotEqualTo(bytes(generate(request)));
    }

    @Test
    void anImageOfABatchEqualsTheSameSeedAlone() {
        ImageRequest request =
                ImageRequest.of("a lake", 7).toBuilder().seeds(List.of(7L, 9L)).build();

        List<GeneratedImage> batch = pipeline.generate(request, GenerationListener.NONE, Cancellation.none());

        assertThat(batch).extracting(GeneratedImage::seed).containsExactly(7L, 9L);
        Picture alone = generate(ImageRequest.of("a lake", 9)).picture();
        assertThat(largestDifference(batch.get(1).picture(), alone)).isLessThanOrEqualTo(1);
    }

    @Test
    void referencesChangeThePictureAndGiveItsSize() {
        Picture reference = generate(
                        ImageRequest.of("a lake", 1).toBuilder().size(96, 64).build())
                .picture();
        ImageRequest edit = ImageRequest.of("make it red", 7).toBuilder()
                .references(List.of(reference))
                .build();

        GeneratedImage edited = generate(edit);
        GeneratedImage plain = generate(
                ImageRequest.of("make it red", 7).toBuilder().size(96, 64).build());

        assertThat(edited.picture().width()).isEqualTo(96);
        assertThat(edited.picture().height()).isEqualTo(64);
        assertThat(bytes(edited)).isNotEqualTo(bytes(plain));
    }

    @Test
    void laterShotsOfASequenceSeeTheEarlierOnes() {
        ImageRequest template = ImageRequest.of("", 0);
        List<SequenceRequest.Shot> shots =
                List.of(new SequenceRequest.Shot("a fox", 1), new SequenceRequest.Shot("a fox in snow", 2));
        List<Integer> heard = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public void onImage(GeneratedImage image) {
                heard.add(image.index());
            }
        };

        List<GeneratedImage> images = pipeline.generateSequence(
                new SequenceRequest(shots, template, List.of()), listener, Cancellation.none());

        assertThat(heard).containsExactly(0, 1);
        assertThat(bytes(images.get(0))).isEqualTo(bytes(generate(ImageRequest.of("a fox", 1))));
        assertThat(bytes(images.get(1))).isNotEqualTo(bytes(generate(ImageRequest.of("a fox in snow", 2))));
    }

    @Test
    void cancellationStopsBetweenStepsAndThePipelineStaysUsable() {
        Cancellation cancellation = Cancellation.none();
        GenerationListener cancelling = new GenerationListener() {
            @Override
            public void onStep(StepProgress progress) {
                cancellation.cancel();
            }
        };

        assertThatThrownBy(() -> pipeline.generate(ImageRequest.of("a lake", 7), cancelling, cancellation))
                .isInstanceOf(CancellationException.class);
        assertThat(generate(ImageRequest.of("a lake", 7)).picture().width()).isEqualTo(64);
    }

    @Test
    void previewsHaveOnePixelAToken() {
        List<Picture> previews = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public boolean wantsPreviews() {
                return true;
            }

            @Override
            public void onPreview(int image, Picture preview) {
                previews.add(preview);
            }
        };

        pipeline.generate(ImageRequest.of("a lake", 7), listener, Cancellation.none());

        int side = 64 / pipeline.info().sizeMultiple();
        assertThat(previews).hasSize(1).allMatch(p -> p.width() == side && p.height() == side);
    }

    @Test
    void sizesThatTheModelCannotMakeAreNamed() {
        assertThatThrownBy(() -> generate(
                        ImageRequest.of("a lake", 7).toBuilder().size(4, 64).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size: 4x64")
                .hasMessageContaining(String.valueOf(pipeline.info().sizeMultiple()));
    }

    @Test
    void nothingNativeIsLeftBehind() {
        ImageRequest request = ImageRequest.of("a lake", 7).toBuilder()
                .references(List.of(generate(ImageRequest.of("a fox", 1)).picture()))
                .referenceCache(true)
                .build();
        generate(request);
        long before = Pointer.totalCount();

        for (int i = 0; i < 5; i++) {
            generate(request);
        }

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static GeneratedImage generate(ImageRequest request) {
        return pipeline.generate(request, GenerationListener.NONE, Cancellation.none())
                .getFirst();
    }

    private static byte[] bytes(GeneratedImage image) {
        return image.picture().toBytes();
    }

    private static int largestDifference(Picture a, Picture b) {
        byte[] x = a.toBytes();
        byte[] y = b.toBytes();
        assertThat(x).hasSameSizeAs(y);
        int[] differences = new int[x.length];
        Arrays.setAll(differences, i -> Math.abs((x[i] & 0xff) - (y[i] & 0xff)));
        return Arrays.stream(differences).max().orElse(0);
    }
}
