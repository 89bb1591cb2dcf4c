package dev.atelier.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionService.Subscription;
import dev.atelier.server.prediction.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of predictions, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PredictionFlowTest {
    @TempDir
    static Path data;

    private static ScriptedServer server;

    @Parameter
    TestDatabase database;

    private ApiKey key;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        server = ScriptedServer.start(database.migrated(), data, "--atelier.queue.capacity=20");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @BeforeEach
    void aKeyOfItsOwn(TestInfo test) {
        key = ScriptedServer.key(Integer.toHexString(test.getDisplayName().hashCode()));
        server.pipeline().begun.clear();
        server.pipeline().calls.clear();
        server.pipeline().sequences.clear();
    }

    @AfterEach
    void nothingIsLeftWaiting() {
        assertThat(server.jdbc()
                        .sql("SELECT COUNT(*) FROM prediction WHERE status IN ('starting', 'processing')")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aPredictionCompletesWithWhatReproducesIt() {
        Prediction done = server.await(server.submit("a barn", 11, key), key);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.state().progress()).isEqualTo(1);
        assertThat(done.outputs()).singleElement().satisfies(output -> {
            assertThat(output.width()).isEqualTo(256);
            assertThat(output.recipe().seed()).isEqualTo(11);
            assertThat(output.recipe().prompt()).isEqualTo("a barn");
        });
        assertThat(done.times().startedAt())
                .isBetween(done.times().createdAt(), done.times().completedAt());
    }

    @Test
    void anEngineThatFailsEndsOnlyItsOwnPrediction() {
        Prediction bad = server.submit("explode", 1, key);
        Prediction good = server.submit("a lake", 2, key);

        Prediction failed = server.await(bad, key);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.state().failure()).isEqualTo(new Failure(Failure.Reason.ENGINE, "", "libtorch: it exploded"));
        assertThat(server.await(good, key).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void theKindOfAPicturesFailureIsThatOfItsPrediction() {
        Prediction failed = server.await(server.submit("exhaust", 1, key), key);

        Failure memory = new Failure(Failure.Reason.MEMORY, "", "drawing: can't allocate memory");
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.outputs())
                .singleElement()
                .satisfies(output -> assertThat(output.failure()).isEqualTo(memory));
        assertThat(failed.state().failure()).isEqualTo(memory);
    }

    @Test
    void aFailedPictureOfASequenceDoesNotLoseTheOthers() {
        Prediction done =
                server.await(server.submitSeasons("four panels: a fox, an explode, a heron, a bear", key), key);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.outputs()).hasSize(4);
        assertThat(done.outputs())
                .filteredOn(o -> !o.succeeded())
                .singleElement()
                .satisfies(output -> {
                    assertThat(output.index()).isEqualTo(1);
                    assertThat(output.error()).contains("it exploded");
                });
        assertThat(done.state().warnings().sentences())
                .containsExactly(
                        "explode, heron: not known to seedling-1; drawn without",
                        "3 of 4 pictures were made; the others failed or were not begun in time",
                        "picture 2 failed: libtorch: it exploded");
        // The third picture is made with the first as its earlier one.
        assertThat(server.pipeline().sequences.getLast().earlier()).hasSize(1);
    }

    @Test
    void aCanceledPredictionStopsAndTheNextOneIsMade() throws Exception {
        Prediction held = server.submit("wait here", 3, key);
        Prediction next = server.submit("a meadow", 4, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait here");

        Prediction canceled = server.predictions().cancel(held.id(), key.id());

        assertThat(canceled.status()).isEqualTo(Status.CANCELED);
        assertThat(server.await(next, key).status()).isEqualTo(Status.COMPLETED);
        assertThat(server.predictions().get(held.id(), key.id()).outputs()).isEmpty();
        assertThatThrownBy(() -> server.predictions().cancel(held.id(), key.id()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("has ended as canceled");
    }

    @Test
    void keysTakeTurns() throws Exception {
        ApiKey other = ScriptedServer.key("other");
        Prediction held = server.submit("wait", 1, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        List<Prediction> mine = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            mine.add(server.submit("mine " + i, i, key));
        }
        Prediction theirs = server.submit("theirs", 9, other);

        server.pipeline().release();
        server.await(theirs, other);
        for (Prediction one : mine) {
            server.await(one, key);
        }

        assertThat(server.pipeline().begun).containsExactly("theirs", "mine 0", "mine 1", "mine 2", "mine 3");
        assertThat(server.await(held, key).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void predictionsThatDifferInTheirSeedsAreMadeInOnePass() throws Exception {
        Prediction held = server.submit("wait", 1, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        List<Prediction> alike = List.of(
                server.submit("a tower", 21, key),
                server.submit("a tower", 22, key),
                server.submit("a tower", 23, key));
        server.pipeline().calls.clear();

        server.pipeline().release();

        List<Long> seeds = new ArrayList<>();
        for (Prediction one : alike) {
            Prediction done = server.await(one, key);
            assertThat(done.status()).isEqualTo(Status.COMPLETED);
            seeds.add(done.outputs().getFirst().recipe().seed());
        }
        assertThat(seeds).containsExactly(21L, 22L, 23L);
        assertThat(server.pipeline().calls).extracting(ImageRequest::seeds).containsExactly(List.of(21L, 22L, 23L));
        server.await(held, key);
    }

    @Test
    void aFullQueueIsSaidSoWithATimeToComeBack() throws Exception {
        List<Prediction> accepted = new ArrayList<>(List.of(server.submit("wait", 1, key)));
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        for (int i = 0; i < 20; i++) {
            accepted.add(server.submit("one of many " + i, i, key));
        }

        assertThatThrownBy(() -> server.submit("one too many", 1, key))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status().value()).isEqualTo(503);
                    assertThat(e.retryAfter()).isPositive();
                    assertThat(e).hasMessage("the queue is full: 20 predictions wait already");
                });

        server.pipeline().release();
        for (Prediction one : accepted) {
            assertThat(server.await(one, key).status()).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void aWatcherHearsEveryPictureOnceAndTheEndLast() throws Exception {
        Prediction seasons = server.submitSeasons("four panels: a wait, a fox, a heron, a bear", key);
        List<PredictionEvent> heard = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        try (Subscription _ = server.predictions().watch(seasons.id(), key.id(), event -> {
            heard.add(event);
            if (event instanceof PredictionEvent.Done) {
                done.complete(null);
            }
        })) {
            server.pipeline().release();
            done.get(60, TimeUnit.SECONDS);
        }

        assertThat(heard.getLast()).isInstanceOf(PredictionEvent.Done.class);
        assertThat(heard)
                .filteredOn(PredictionEvent.OutputReady.class::isInstance)
                .extracting(e -> ((PredictionEvent.OutputReady) e).output().index())
                .containsExactly(0, 1, 2, 3);
    }

    @Test
    void anotherKeySeesNothing() {
        Prediction mine = server.submit("private", 5, key);
        ApiKey other = ScriptedServer.key("stranger");

        assertThatThrownBy(() -> server.predictions().get(mine.id(), other.id()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().value()).isEqualTo(404));
        assertThatThrownBy(() -> server.predictions().cancel(mine.id(), other.id()))
                .isInstanceOf(ApiException.class);
        assertThat(server.predictions().list("", 10, other.id()).predictions()).isEmpty();
        server.await(mine, key);
    }

    @Test
    void theHistoryComesInPagesNewestFirst() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Prediction one = server.submit("page " + i, i, key);
            server.await(one, key);
            ids.addFirst(one.id());
        }

        var first = server.predictions().list("", 2, key.id());
        var second = server.predictions().list(first.next(), 2, key.id());

        assertThat(first.predictions()).extracting(Prediction::id).containsExactly(ids.get(0), ids.get(1));
        assertThat(second.predictions()).extracting(Prediction::id).containsExactly(ids.get(2));
        assertThat(second.next()).isEmpty();
    }

    @Test
    void workOfADeadWorkerIsTakenUpAgainAndFailsWhenItKillsEveryWorker() throws Exception {
        Prediction held = server.submit("wait", 1, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        Prediction orphan = server.submit("an orphan", 2, key);
        Prediction killer = server.submit("a killer", 3, key);
        abandon(orphan, 1);
        abandon(killer, 5);

        server.pipeline().release();

        assertThat(server.await(orphan, key).status()).isEqualTo(Status.COMPLETED);
        Prediction failed = server.await(killer, key);
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.state().error()).isEqualTo("the service stopped 5 times while it was being made");
        server.await(held, key);
    }

    @Test
    void aPredictionThatWaitsPastItsDeadlineFails() throws Exception {
        Prediction held = server.submit("wait", 1, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        Prediction late = server.submit("too late", 2, key);
        server.jdbc()
                .sql("UPDATE prediction SET deadline = created_at WHERE id = :id")
                .param("id", late.id())
                .update();

        Prediction failed = server.await(late, key);

        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.state().error()).contains("deadline");
        server.pipeline().release();
        server.await(held, key);
    }

    /** As a worker leaves a prediction that dies while it makes it. */
    private static void abandon(Prediction prediction, int attempts) {
        server.jdbc()
                .sql("""
                    UPDATE prediction SET status = 'processing', attempts = :attempts, lease_owner = 'dead/cpu',
                        lease_until = created_at, started_at = created_at
                    WHERE id = :id\
                    """)
                .param("attempts", attempts)
                .param("id", prediction.id())
                .update();
    }
}
