package dev.atelier.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Margins;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.engine.pipeline.TinyModels;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.SchedulerConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits that keep part of the picture, or stay near it. */
class EditScopeTest {
    @TempDir
    static Path folder;

    private static Flux2Pipeline pipeline;
    private static Picture source;

    @BeforeAll
    static void open() {
        pipeline = Flux2Pipeline.open(TinyModels.distilled(folder), EngineOptions.defaults());
        source = make(ImageRequest.of("a lake", 1).toBuilder().size(75, 53).build());
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void outsideTheMaskEveryByteStaysAndTheSizeIsTheSources() {
        byte[] mask = new byte[75 * 53 * 3];
        for (int y = 20; y < 40; y++) {
            Arrays.fill(mask, (y * 75 + 30) * 3, (y * 75 + 60) * 3, (byte) 255);
        }

        Picture edited = make(edit(new EditScope(new Picture(75, 53, mask), -1)));

        assertThat(edited).hasToString("Picture[75x53]");
        int changed = 0;
        for (int y = 0; y < 53; y++) {
            for (int x = 0; x < 75; x++) {
                boolean same = edited.channel(x, y, 0) == source.channel(x, y, 0)
                        && edited.channel(x, y, 1) == source.channel(x, y, 1)
                        && edited.channel(x, y, 2) == source.channel(x, y, 2);
                boolean inside = x >= 30 && x < 60 && y >= 20 && y < 40;
                assertThat(same || inside).isTrue();
                changed += same ? 0 : 1;
            }
        }
        assertThat(changed).isGreaterThan(500);
    }

    @Test
    void strengthSaysHowFarTheResultMayMove() {
        ImageRequest freely = edit(EditScope.FREE).toBuilder().size(75, 53).build();
        double little = difference(
                make(freely.toBuilder().edit(new EditScope(null, 0.2)).build()));
        double far = difference(
                make(freely.toBuilder().edit(new EditScope(null, 0.9)).build()));

        assertThat(make(freely.toBuilder().edit(new EditScope(null, 0)).build()).toBytes())
                .isEqualTo(source.toBytes());
        assertThat(little).isPositive().isLessThan(far);
        assertThat(make(freely.toBuilder().edit(new EditScope(null, 1)).build()).toBytes())
                .isEqualTo(make(freely).toBytes());
    }

    @Test
    void aStrengthKeepsTheSizeOfTheSource() {
        assertThat(make(edit(new EditScope(null, 0.5)))).hasToString("Picture[75x53]");
    }

    @Test
    void outpaintingPaintsTheMarginsAndKeepsThePicture() {
        Margins margins = new Margins(0, 11, 24, 0);
        ImageRequest request = ImageRequest.of("a wide lake", 5).toBuilder()
                .references(List.of(margins.extend(source)))
                .referenceCache(true)
                .edit(new EditScope(margins.mask(source), -1))
                .build();

        Picture wide = make(request);

        assertThat(wide).hasToString("Picture[99x64]");
        for (int y = 0; y < 53; y++) {
            for (int x = 0; x < 75; x++) {
                assertThat(wide.channel(x, y + 11, 2)).isEqualTo(source.channel(x, y, 2));
            }
        }
        assertThat(wide.toBytes()).isNotEqualTo(margins.extend(source).toBytes());
    }

    @Test
    void whatCannotBeIsNamedWithFieldValueAndBound() {
        assertThatThrownBy(() -> new EditScope(null, 1.5)).hasMessage("strength: 1.5 is not in 0 to 1");
        assertThatThrownBy(() -> ImageRequest.of("x", 1).toBuilder()
                        .edit(new EditScope(source, -1))
                        .build())
                .hasMessageContaining("mask: there is no picture");
        assertThatThrownBy(() -> new SequenceRequest(
                        List.of(new SequenceRequest.Shot("x", 1)), edit(new EditScope(source, -1)), List.of()))
                .hasMessageContaining("mask: a sequence takes none");
    }

    @Test
    void strengthTakesTheLastPartOfTheSchedule() {
        SchedulerConfig plain = new SchedulerConfig(false, 1, true, false);

        assertThat(FlowMatchSchedule.of(plain, 8, 0.5, 64).sigmas()).containsExactly(0.5, 0.375, 0.25, 0.125, 0.0);
        assertThat(FlowMatchSchedule.of(plain, 8, 1, 64)).isEqualTo(FlowMatchSchedule.of(plain, 8, 64));
        assertThat(FlowMatchSchedule.of(plain, 8, 0, 64).steps()).isZero();
    }

    private static ImageRequest edit(EditScope scope) {
        return ImageRequest.of("make it red", 3).toBuilder()
                .references(List.of(source))
                .referenceCache(true)
                .edit(scope)
                .build();
    }

    private static Picture make(ImageRequest request) {
        return pipeline.generate(request, GenerationListener.NONE, Cancellation.none())
                .getFirst()
                .picture();
    }

    private static double difference(Picture picture) {
        byte[] a = picture.toBytes();
        byte[] b = source.toBytes();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return sum / a.length;
    }
}
