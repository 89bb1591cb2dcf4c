package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.GenerationListener.WorkProgress;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.TinyModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures larger and smaller than the model draws by itself (64x64). */
class LargePictureTest {
    private static final ImageRequest LAKE = ImageRequest.of("a lake", 7);

    @TempDir
    static Path refining;

    @TempDir
    static Path enlarging;

    private static Flux2Pipeline refines;
    private static Flux2Pipeline enlarges;

    @BeforeAll
    static void open() {
        refines = Flux2Pipeline.open(TinyModels.smallSizesOnly(refining, 0.4), EngineOptions.defaults());
        enlarges = Flux2Pipeline.open(TinyModels.smallSizesOnly(enlarging, 0), EngineOptions.defaults());
    }

    @AfterAll
    static void close() {
        refines.close();
        enlarges.close();
    }

    @Test
    void withoutRefinementALargePictureIsTheBasePictureEnlarged() {
        Picture base = make(enlarges, LAKE);

        Picture large = make(enlarges, LAKE.toBuilder().size(200, 200).build());
        Picture wide = make(enlarges, LAKE.toBuilder().size(256, 128).build());

        assertThat(large.toBytes())
                .isEqualTo(PictureResizer.resize(base, 200, 200).toBytes());
        assertThat(wide).hasToString("Picture[256x128]");
    }

    @Test
    void aSmallPictureIsTheBasePictureShrunk() {
        assertThat(make(refines, LAKE.toBuilder().size(40, 40).build()).toBytes())
                .isEqualTo(PictureResizer.resize(make(refines, LAKE), 40, 40).toBytes());
    }

    @Test
    void refinementAddsToTheEnlargedPictureTheSameWayEachTime() {
        ImageRequest large = LAKE.toBuilder().size(250, 190).build();

        Picture refined = make(refines, large);

        assertThat(refined).hasToString("Picture[250x190]");
        assertThat(refined.toBytes()).isNotEqualTo(make(enlarges, large).toBytes());
        assertThat(make(refines, large).toBytes()).isEqualTo(refined.toBytes());
    }

    @Test
    void whereWindowsMeetThePictureIsNoRougherThanElsewhere() {
        Picture large = make(refines, LAKE.toBuilder().size(160, 160).build());

        // Windows of 8 tokens begin every fourth token (8 pixels each), so their edges lie on multiples of 32 pixels.
        double atEdges = 0;
        double elsewhere = 0;
        for (int x = 1; x < 160; x++) {
            double jump = columnJump(large, x);
            if (x % 32 == 0) {
                atEdges += jump / 4;
            } else if (x % 8 == 0) {
                elsewhere += jump / 15;
            }
        }
        assertThat(atEdges).isLessThan(1.15 * elsewhere);
    }

    @Test
    void aMaskedEditOfALargePictureKeepsTheOutside() {
        Picture source = make(enlarges, LAKE.toBuilder().size(160, 160).build());
        byte[] white = new byte[3 * 16];
        java.util.Arrays.fill(white, 3 * 8, 3 * 16, (byte) 255);

        Picture edited = make(
                refines,
                ImageRequest.of("make it red", 3).toBuilder()
                        .references(List.of(source))
                        .referenceCache(true)
                        .edit(new EditScope(new Picture(16, 1, white), 0.8))
                        .build());

        assertThat(edited).hasToString("Picture[160x160]");
        for (int y = 0; y < 160; y += 5) {
            for (int x = 0; x < 80; x++) {
                assertThat(edited.channel(x, y, 1)).isEqualTo(source.channel(x, y, 1));
            }
        }
        assertThat(edited.toBytes()).isNotEqualTo(source.toBytes());
    }

    @Test
    void progressNeverFallsAndEndsAtOne() {
        List<WorkProgress> heard = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public void onProgress(WorkProgress progress) {
                heard.add(progress);
            }
        };

        refines.generate(LAKE.toBuilder().size(160, 160).seeds(List.of(1L, 2L)).build(), listener, Cancellation.none());

        assertThat(heard).extracting(WorkProgress::fraction).isSorted();
        assertThat(heard.getLast()).isEqualTo(new WorkProgress(1, 0));
        assertThat(heard).filteredOn(p -> p.fraction() < 1 && p.fraction() > 0).hasSizeGreaterThan(8);
    }

    @Test
    void nothingNativeIsLeftBehind() {
        make(refines, LAKE.toBuilder().size(160, 160).build());
        long before = Pointer.totalCount();

        make(refines, LAKE.toBuilder().size(160, 160).build());

        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private static Picture make(Flux2Pipeline pipeline, ImageRequest request) {
        return pipeline.generate(request, GenerationListener.NONE, Cancellation.none())
                .getFirst()
                .picture();
    }

    private static double columnJump(Picture picture, int x) {
        double sum = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int c = 0; c < 3; c++) {
                sum += Math.abs(picture.channel(x, y, c) - picture.channel(x - 1, y, c));
            }
        }
        return sum / (3.0 * picture.height());
    }
}
