package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class PlanRunnerTest {
    private final PlainPipeline pipeline = new PlainPipeline();
    private final Log log = new Log();

    /** Writes down what it hears, and goes on after failures. */
    private static final class Log implements PlanListener {
        final List<Call> calls = new ArrayList<>();
        final List<String> heard = new ArrayList<>();

        @Override
        public CallListener begin(Call call) {
            calls.add(call);
            return new CallListener() {
                @Override
                public void onStage(Stage stage, int image) {
                    heard.add(stage + " " + call.indices().get(image));
                }

                @Override
                public void onStep(StepProgress progress) {
                    heard.add("step of " + call.indices().get(progress.image()));
                }

                @Override
                public void onProgress(WorkProgress progress) {
                    heard.add("half");
                }

                @Override
                public boolean wantsPreviews() {
                    return true;
                }

                @Override
                public void onPreview(int image, Picture preview) {
                    heard.add("preview of " + call.indices().get(image));
                }

                @Override
                protected void onFinished(GeneratedImage image) {
                    heard.add("picture " + call.indices().get(image.index()) + " of seed " + image.seed());
                }

                @Override
                public void close() {
                    heard.add("end");
                }
            };
        }

        @Override
        public void failed(int index, EngineException failure) {
            heard.add(index + " failed");
        }

        @Override
        public void settled() {
            heard.add("settled");
        }

        List<String> results() {
            return heard.stream()
                    .filter(line -> line.startsWith("picture") || line.endsWith("failed") || line.equals("settled"))
                    .toList();
        }
    }

    @Test
    void picturesOfTheSameWordsAreOneCallWithSeedsByTheirPlaceInThePlan() {
        run(Plans.words("a fox", "a hen", "a fox"), PlanRunner.Resumed.NOTHING);

        assertThat(pipeline.requests).extracting(ImageRequest::seeds).containsExactly(List.of(40L, 42L), List.of(41L));
        assertThat(log.calls)
                .containsExactly(new PlanListener.Call(List.of(0, 2), 0, 3), new PlanListener.Call(List.of(1), 2, 3));
        assertThat(log.results())
                .containsExactly(
                        "picture 0 of seed 40", "picture 2 of seed 42", "settled", "picture 1 of seed 41", "settled");
    }

    @Test
    void everythingThatTheEngineTellsOfASequenceIsHeard() {
        run(Plans.sequence("wakes", "eats"), PlanRunner.Resumed.NOTHING);

        assertThat(log.heard)
                .containsExactly(
                        "DENOISE 0",
                        "step of 0",
                        "half",
                        "preview of 0",
                        "picture 0 of seed 40",
                        "DENOISE 1",
                        "step of 1",
                        "half",
                        "preview of 1",
                        "picture 1 of seed 41",
                        "end",
                        "settled");
    }

    @Test
    void onlyWhatIsMissingIsMade() {
        Picture first = PlainPipeline.plain(8, 8, 40);

        run(Plans.sequence("wakes", "eats", "sleeps"), new PlanRunner.Resumed(Set.of(0), List.of(first)));
        run(Plans.words("a fox", "a fox", "a fox"), new PlanRunner.Resumed(Set.of(1), List.of()));

        assertThat(pipeline.sequences).singleElement().satisfies(request -> {
            assertThat(request.earlier()).containsExactly(first);
            assertThat(request.shots()).hasSize(2);
        });
        assertThat(log.calls)
                .containsExactly(
                        new PlanListener.Call(List.of(1, 2), 1, 3), new PlanListener.Call(List.of(0, 2), 1, 3));
        run(Plans.words("a fox"), new PlanRunner.Resumed(Set.of(0), List.of()));
        assertThat(log.calls).hasSize(2);
    }

    @Test
    void aFailedPictureOfASequenceDoesNotLoseTheOthers() {
        run(Plans.sequence("wakes", "an explode", "sleeps"), PlanRunner.Resumed.NOTHING);

        assertThat(log.results())
                .containsExactly("picture 0 of seed 40", "1 failed", "settled", "picture 2 of seed 42", "settled");
        assertThat(pipeline.sequences.getLast().earlier()).hasSize(1);
        assertThat(log.calls.getLast()).isEqualTo(new PlanListener.Call(List.of(2), 2, 3));
    }

    @Test
    void aFailedBatchFailsItsOwnPicturesOnly() {
        run(Plans.words("explode", "a hen", "explode"), PlanRunner.Resumed.NOTHING);

        assertThat(log.results()).containsExactly("0 failed", "2 failed", "settled", "picture 1 of seed 41", "settled");
    }

    @Test
    void aListenerThatSaysNothingOfFailuresEndsTheRunWithTheFirst() {
        PlanListener giveUp = log::begin;

        assertThatThrownBy(() -> new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                        .run(
                                pictures(Plans.words("explode", "a hen")),
                                PlanRunner.Resumed.NOTHING,
                                giveUp,
                                Cancellation.none()))
                .isInstanceOf(EngineException.class)
                .hasMessage("libtorch: it exploded");
        assertThat(log.heard).containsExactly("DENOISE 0", "end");
    }

    @Test
    void aCancellationStopsTheRunAndEndsItsCall() {
        Cancellation cancelled = Cancellation.none();
        cancelled.cancel();

        assertThatThrownBy(() -> new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                        .run(pictures(Plans.words("a fox", "a hen")), PlanRunner.Resumed.NOTHING, log, cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(log.heard).containsExactly("end");
        assertThat(pipeline.requests).hasSize(1);
    }

    @Test
    void separateEditsSeeTheirOwnReferencesOnly() {
        Picture day = PlainPipeline.plain(16, 16, 1);
        Picture dusk = PlainPipeline.plain(16, 16, 2);
        GenerationPlan plan = Plans.plan(
                        Task.SEQUENCE,
                        Plans.SMALL,
                        List.of(
                                new Shot("make both pictures night", List.of(0), List.of()),
                                new Shot("make both pictures night", List.of(1), List.of())))
                .independent();
        EditSources sources = new EditSources(List.of(day, dusk), EditScope.FREE, false);

        new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS)
                .run(
                        new PlannedPictures(plan, Plans.SEED_40, sources),
                        PlanRunner.Resumed.NOTHING,
                        log,
                        Cancellation.none());

        assertThat(pipeline.sequences).isEmpty();
        assertThat(pipeline.requests).extracting(ImageRequest::references).containsExactly(List.of(day), List.of(dusk));
        assertThat(log.results()).containsExactly("picture 0 of seed 40", "settled", "picture 1 of seed 41", "settled");
    }

    private void run(GenerationPlan plan, PlanRunner.Resumed resumed) {
        new PlanRunner(pipeline, PlanRunner.BATCH_PIXELS).run(pictures(plan), resumed, log, Cancellation.none());
    }

    private static PlannedPictures pictures(GenerationPlan plan) {
        return new PlannedPictures(plan, Plans.SEED_40, EditSources.NONE);
    }
}
