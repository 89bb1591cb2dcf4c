package dev.atelier.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.KeyEvent;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionService.Subscription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a key hears of all its predictions, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class FollowTest {
    @TempDir
    static Path data;

    private static ScriptedServer server;
    private static ScriptedServer other;

    @Parameter
    TestDatabase database;

    private ApiKey key;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) throws Exception {
        DataSource shared = database.migrated();
        server = ScriptedServer.start(shared, data, "--atelier.events.streams-per-key=3");
        other = ScriptedServer.start(
                shared, Files.createDirectories(data.resolve("other-" + database)), "--atelier.worker.enabled=false");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        other.close();
        server.close();
    }

    @BeforeEach
    void aKeyOfItsOwn(TestInfo test) {
        key = ScriptedServer.key("f" + Integer.toHexString(test.getDisplayName().hashCode()));
        server.pipeline().begun.clear();
    }

    /** One listener and all that it has heard. */
    private static final class Ear implements AutoCloseable {
        private final BlockingQueue<KeyEvent> queue = new LinkedBlockingQueue<>();
        private final List<KeyEvent> heard = new ArrayList<>();
        private final Subscription subscription;

        Ear(ScriptedServer at, ApiKey key, Instant since) {
            subscription = at.predictions().follow(key.id(), since, queue::add);
        }

        KeyEvent until(Predicate<KeyEvent> wanted) throws InterruptedException {
            for (KeyEvent event = next(); ; event = next()) {
                heard.add(event);
                if (wanted.test(event)) {
                    return event;
                }
            }
        }

        private KeyEvent next() throws InterruptedException {
            KeyEvent event = queue.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("after " + heard).isNotNull();
            return event;
        }

        /** What was heard of {@code id}, in words. */
        List<String> of(String id) {
            List<String> words = new ArrayList<>();
            for (KeyEvent event : heard) {
                switch (event) {
                    case KeyEvent.Accepted(Prediction p) when p.id().equals(id) -> words.add("submitted");
                    case KeyEvent.Of(Prediction p, PredictionEvent.OutputReady(var output))
                    when p.id().equals(id) -> words.add("output " + output.index());
                    case KeyEvent.Of(Prediction p, PredictionEvent.Done(var done))
                    when p.id().equals(id) -> words.add(done.status().label());
                    case KeyEvent.Deleted(String gone) when gone.equals(id) -> words.add("deleted");
                    default -> {}
                }
            }
            return words;
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    private static Predicate<KeyEvent> done(Prediction prediction) {
        return event ->
                event instanceof KeyEvent.Of(Prediction p, PredictionEvent.Done _) && p.id().equals(prediction.id());
    }

    private static boolean quiet(KeyEvent event) {
        return event instanceof KeyEvent.Quiet;
    }

    @Test
    void everythingOfAPredictionComesOnceAndInOrder() throws Exception {
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);
            Prediction seasons = server.submitSeasons("four panels: a hen, a fox, a heron, a bear", key);
            Prediction single = server.submit("a barn", 3, key);
            ear.until(done(single));

            assertThat(ear.of(seasons.id()))
                    .containsExactly("submitted", "output 0", "output 1", "output 2", "output 3", "completed");
            assertThat(ear.of(single.id())).containsExactly("submitted", "output 0", "completed");
        }
    }

    @Test
    void progressTellsWhichPictureIsMade() throws Exception {
        Prediction seasons = server.submitSeasons("four panels: a wait, a fox, a heron, a bear", key);
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);
            server.pipeline().release();
            ear.until(done(seasons));

            assertThat(ear.heard)
                    .filteredOn(e -> e instanceof KeyEvent.Of(var _, PredictionEvent.Progress p) && p.steps() > 0)
                    .extracting(e -> ((PredictionEvent.Progress) ((KeyEvent.Of) e).event()).pictures())
                    .contains(new PredictionEvent.Pictures(2, 1, 4), new PredictionEvent.Pictures(3, 1, 4));
        }
    }

    @Test
    void thoseOfOtherKeysAreNeverHeard() throws Exception {
        ApiKey stranger = ScriptedServer.key(key.id() + "s");
        try (Ear ear = new Ear(server, key, null);
                Ear theirs = new Ear(server, stranger, null)) {
            ear.until(FollowTest::quiet);
            theirs.until(FollowTest::quiet);
            Prediction secret = server.submit("a secret", 1, stranger);
            theirs.until(done(secret));
            server.predictions().delete(secret.id(), stranger.id());
            Prediction mine = server.submit("mine", 2, key);
            ear.until(done(mine));

            assertThat(ear.of(secret.id())).isEmpty();
            assertThat(theirs.of(mine.id())).isEmpty();
        }
        assertThat(server.predictions().list("", 10, stranger.id()).predictions())
                .isEmpty();
    }

    @Test
    void whoeverComesBackHearsOfEveryEndMeanwhile() throws Exception {
        Prediction running;
        Instant position;
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);
            running = server.submit("wait for me", 1, key);
            KeyEvent accepted = ear.until(KeyEvent.Accepted.class::isInstance);
            position = ((KeyEvent.Accepted) accepted).prediction().times().createdAt();
        }
        Prediction meanwhile = server.submit("meanwhile", 2, key);
        server.pipeline().release();
        server.await(running, key);
        server.await(meanwhile, key);

        try (Ear ear = new Ear(server, key, position)) {
            ear.until(FollowTest::quiet);

            assertThat(ear.of(running.id())).endsWith("output 0", "completed");
            assertThat(ear.of(meanwhile.id())).containsExactly("submitted", "output 0", "completed");
        }
        try (Ear fresh = new Ear(server, key, null)) {
            fresh.until(FollowTest::quiet);
            assertThat(fresh.of(running.id())).isEmpty();
        }
    }

    @Test
    void moreEndsThanAreToldAgainAreAGap() throws Exception {
        Prediction one = server.submit("one of many", 1, key);
        server.await(one, key);
        for (int i = 0; i < 500; i++) {
            server.jdbc()
                    .sql("""
                        INSERT INTO prediction (id, owner, model, served_by, request, plan, delivery, batch_key, images, priority,
                            status, progress, error, attempts, created_at, completed_at, deadline, trace)
                        SELECT :copy, owner, model, served_by, request, plan, delivery, batch_key, images, priority,
                            status, progress, error, attempts, created_at, completed_at, deadline, trace
                        FROM prediction WHERE id = :id\
                        """)
                    .param("copy", "pred_COPY" + key.id() + i)
                    .param("id", one.id())
                    .update();
        }

        try (Ear ear = new Ear(server, key, one.times().createdAt())) {
            ear.until(FollowTest::quiet);

            assertThat(ear.heard).filteredOn(KeyEvent.Gap.class::isInstance).hasSize(1);
            assertThat(ear.heard)
                    .filteredOn(e -> e instanceof KeyEvent.Of(var _, PredictionEvent.Done _))
                    .hasSize(500);
        }
    }

    @Test
    void anotherProcessAcceptsAndMakesThem() throws Exception {
        try (Ear ear = new Ear(other, key, null)) {
            ear.until(FollowTest::quiet);
            Prediction elsewhere = server.submitSeasons("four panels: a cat, a fox, a heron, a bear", key);
            ear.until(done(elsewhere));

            assertThat(ear.of(elsewhere.id()))
                    .containsExactly("submitted", "output 0", "output 1", "output 2", "output 3", "completed");
        }
    }

    @Test
    void thoseThatWaitHearTheirPlace() throws Exception {
        ApiKey rival = ScriptedServer.key(key.id() + "r");
        Prediction held = server.submit("wait", 1, key);
        assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
        Prediction second = server.submit("wait, second", 2, key);
        Prediction third = server.submit("third", 3, key);
        Prediction theirs = server.submit("theirs", 4, rival);
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);

            assertThat(place(ear, second)).isEqualTo(2);
            assertThat(place(ear, third)).isEqualTo(3);
            server.pipeline().release();
            server.await(theirs, rival);
            ear.until(e -> e instanceof KeyEvent.Of(Prediction p, PredictionEvent.Waiting(var at))
                    && p.id().equals(third.id())
                    && at.place() == 1);
            server.pipeline().release();
            ear.until(done(third));
            assertThat(ear.of(held.id())).endsWith("completed");
        }
    }

    /** A rival whose turn it is goes before. */
    private static int place(Ear ear, Prediction prediction) {
        return ear.heard.stream()
                .filter(e -> e instanceof KeyEvent.Of(Prediction p, PredictionEvent.Waiting _)
                        && p.id().equals(prediction.id()))
                .map(e -> ((PredictionEvent.Waiting) ((KeyEvent.Of) e).event())
                        .place()
                        .place())
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    @Test
    void cancelingAndDeletingAreHeard() throws Exception {
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);
            Prediction held = server.submit("wait", 1, key);
            assertThat(server.pipeline().begun.poll(60, TimeUnit.SECONDS)).isEqualTo("wait");
            server.predictions().cancel(held.id(), key.id());
            ear.until(done(held));
            server.predictions().delete(held.id(), key.id());
            ear.until(KeyEvent.Deleted.class::isInstance);

            assertThat(ear.of(held.id())).containsExactly("submitted", "canceled", "deleted");
        }
    }

    @Test
    void aKeyHasSoManyStreamsAndNoMore() throws Exception {
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Ear ear = new Ear(server, key, null);
            ears.add(ear);
            ear.until(FollowTest::quiet);
        }

        assertThatThrownBy(() -> new Ear(server, key, null)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().value()).isEqualTo(429);
            assertThat(e).hasMessage("this key has 3 event streams open; at most 3 are allowed");
        });
        ears.forEach(Ear::close);
        server.awaitNoEventStreams();
        try (Ear ear = new Ear(server, key, null)) {
            ear.until(FollowTest::quiet);
        }
    }
}
