package dev.atelier.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.prediction.SubmissionKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One submission, however often it arrives, is one prediction. */
class SubmissionsTest {
    private static final int AT_ONCE = 12;
    private static final String NO_WORKER = "--atelier.worker.enabled=false";

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource
    void simultaneousSubmissionsMakeOnePrediction(TestDatabase kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(kind.migrated(), data, NO_WORKER);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            // One image a day: a second prediction would be refused.
            ApiKey key = new ApiKey("alice", "alice", Set.of(Scope.values()), new Limits(0, 60, 1, 0));
            SubmissionKey once = new SubmissionKey("order-1", "a");
            CountDownLatch together = new CountDownLatch(AT_ONCE);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(callers.submit(() -> {
                    together.countDown();
                    together.await();
                    return server.submit("a barn", key, once).id();
                }));
            }
            Set<String> ids = new HashSet<>();
            for (Future<String> answer : answers) {
                ids.add(answer.get());
            }

            assertThat(ids).hasSize(1);
            assertThat(server.jdbc()
                            .sql("SELECT id FROM prediction")
                            .query(String.class)
                            .list())
                    .containsExactlyElementsOf(ids);
            assertThat(server.jdbc()
                            .sql("SELECT prediction_id FROM usage_record")
                            .query(String.class)
                            .list())
                    .containsExactlyElementsOf(ids);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameBelongsToOneRequestOfOneCallerForADay(TestDatabase kind) {
        DataSource database = kind.migrated();
        ApiKey alice = ScriptedServer.key("alice");
        SubmissionKey once = new SubmissionKey("order-1", "a");
        String first;
        try (ScriptedServer server = ScriptedServer.start(database, data, NO_WORKER)) {
            first = server.submit("a barn", alice, once).id();
        }
        try (ScriptedServer server = ScriptedServer.start(database, data, NO_WORKER)) {
            assertThat(server.submit("a barn", alice, once).id())
                    .as("after a restart")
                    .isEqualTo(first);
            assertThat(server.submit("a barn", ScriptedServer.key("bob"), once).id())
                    .as("another caller's")
                    .isNotEqualTo(first);
            assertThat(server.submit("a barn", alice, SubmissionKey.NONE).id())
                    .as("without a name")
                    .isNotEqualTo(first);
            assertThatThrownBy(() -> server.submit("a lake", alice, new SubmissionKey("order-1", "b")))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> assertThat(e.status().value()).isEqualTo(409))
                    .hasMessageContaining("Idempotency-Key: 'order-1' was used for another request");

            server.jdbc()
                    .sql("UPDATE submission SET created_at = created_at - INTERVAL '24' HOUR")
                    .update();
            String later = server.submit("a lake", alice, new SubmissionKey("order-1", "b"))
                    .id();
            assertThat(later).as("a day later").isNotEqualTo(first);
            server.predictions().cancel(later, alice.id());
            server.predictions().delete(later, alice.id());
            assertThatThrownBy(() -> server.submit("a lake", alice, new SubmissionKey("order-1", "b")))
                    .hasMessageContaining("made prediction " + later + ", which is no longer kept");
        }
    }
}
