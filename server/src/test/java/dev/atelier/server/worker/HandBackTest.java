package dev.atelier.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.Watermark;
import dev.atelier.prompt.Output;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that stops hands back what it is making; the next one goes on from there. */
class HandBackTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void aSequenceGoesOnFromThePicturesItHas(TestDatabase kind) throws Exception {
        DataSource database = kind.migrated();
        ApiKey key = ScriptedServer.key("k");
        Prediction started;
        try (ScriptedServer first = ScriptedServer.start(database, data)) {
            started = first.submitSeasons("four panels: a fox, a heron, a wait, a bear", key);
            for (int picture = 0; picture < 3; picture++) {
                assertThat(first.pipeline().begun.poll(60, TimeUnit.SECONDS)).isNotNull();
            }
        }

        try (ScriptedServer second = ScriptedServer.start(database, data)) {
            second.pipeline().release();
            Prediction done = second.await(started, key);

            assertThat(done.status()).isEqualTo(Status.COMPLETED);
            assertThat(done.outputs()).extracting(PredictionOutput::index).containsExactly(0, 1, 2, 3);
            assertThat(done.outputs()).extracting(o -> o.recipe().seed()).containsExactly(7L, 8L, 9L, 10L);
            assertThat(second.pipeline().sequences).singleElement().satisfies(sequence -> {
                assertThat(sequence.earlier()).hasSize(2);
                assertThat(sequence.shots()).hasSize(2);
            });
            assertThat(done.state().attempts()).isEqualTo(1);
        }
    }

    @Test
    void theMarkIsOnEveryPictureOnceAndNoLaterPictureSeesIt() throws Exception {
        DataSource database = TestDatabase.H2.migrated();
        ApiKey key = ScriptedServer.key("k");
        String prompt = "four panels: a fox, a heron, a wait, a bear";
        Prediction started;
        try (ScriptedServer first = ScriptedServer.start(database, data)) {
            started = first.submitSeasons(prompt, new Output(Output.Format.PNG, true), key);
            for (int picture = 0; picture < 3; picture++) {
                assertThat(first.pipeline().begun.poll(60, TimeUnit.SECONDS)).isNotNull();
            }
        }

        try (ScriptedServer second = ScriptedServer.start(database, data)) {
            second.pipeline().release();
            Prediction done = second.await(started, key);

            assertThat(second.pipeline().sequences.getFirst().earlier())
                    .extracting(Picture::toBytes)
                    .containsExactly(plain(7).toBytes(), plain(8).toBytes());
            assertThat(done.outputs()).hasSize(4);
            for (PredictionOutput output : done.outputs()) {
                Picture marked =
                        Watermark.ENGLISH.drawOn(plain((int) output.recipe().seed()));
                assertThat(second.picture(output).toBytes()).isEqualTo(marked.toBytes());
            }
        }
    }

    /** What the scripted pipeline draws for a seed. */
    private static Picture plain(int seed) {
        byte[] rgb = new byte[256 * 256 * 3];
        Arrays.fill(rgb, (byte) seed);
        return new Picture(256, 256, rgb);
    }
}
