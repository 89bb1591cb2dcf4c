package dev.atelier.server.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import dev.atelier.server.prediction.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose turn it is, and how much of the queue is read to find that out, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class WorkQueueTest {
    private static final LeaseOwner DEVICE = new LeaseOwner("test", Duration.ofMinutes(5));
    private static final String MODEL = "seedling-1";
    private static final int COPIES = 5000;

    @TempDir
    Path data;

    @Parameter
    TestDatabase kind;

    /** The rules themselves: higher priority first, then the keys in turns, then first come, first served. */
    @Test
    void everyClaimIsTheOneWhoseTurnItIs() {
        try (ScriptedServer server = start()) {
            Random random = new Random(12);
            List<Prediction> waiting = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String owner = "key" + random.nextInt(7);
                waiting.add(submit(server, "picture " + i, owner, random.nextInt(3)));
            }
            for (Prediction one : waiting) {
                server.jdbc()
                        .sql("UPDATE prediction SET served_by = :model WHERE id = :id")
                        .param("model", random.nextBoolean() ? MODEL : "another")
                        .param("id", one.id())
                        .update();
            }
            WorkQueue queue = server.bean(WorkQueue.class);
            Map<String, Integer> served = new HashMap<>();
            for (int turn = 1; !waiting.isEmpty(); turn++) {
                Prediction expected = next(waiting, served);
                assertThat(queue.claim(DEVICE, Set.of(MODEL, "another")))
                        .map(Prediction::id)
                        .as("claim " + turn)
                        .contains(expected.id());
                waiting.remove(expected);
                served.put(expected.owner(), turn);
            }
            assertThat(queue.claim(DEVICE, Set.of(MODEL))).isEmpty();
        }
    }

    private static Prediction next(List<Prediction> waiting, Map<String, Integer> served) {
        return heads(waiting)
                .min(Comparator.comparing((Prediction p) -> -p.order().priority())
                        .thenComparing(p -> served.getOrDefault(p.owner(), 0))
                        .thenComparing(p -> p.times().createdAt()))
                .orElseThrow();
    }

    /** What is next of each owner. */
    private static Stream<Prediction> heads(List<Prediction> waiting) {
        Comparator<Prediction> own = Comparator.comparing(
                        (Prediction p) -> -p.order().priority())
                .thenComparing(p -> p.times().createdAt());
        return waiting.stream()
                .map(Prediction::owner)
                .distinct()
                .map(owner -> waiting.stream()
                        .filter(p -> p.owner().equals(owner))
                        .min(own)
                        .orElseThrow());
    }

    @Test
    void anotherModelsWorkIsNotTaken() {
        try (ScriptedServer server = start()) {
            submit(server, "a barn", "alice", 0);

            assertThat(server.bean(WorkQueue.class).claim(DEVICE, Set.of("another")))
                    .isEmpty();
        }
    }

    /** Higher priority first; within a priority the key for which the fewest plans are being made; then first come, first served. */
    @Test
    void everyPlanThatIsClaimedIsTheOneWhoseTurnItIs() {
        try (ScriptedServer server = start()) {
            Random random = new Random(5);
            List<Prediction> waiting = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                waiting.add(submit(server, "picture " + i, "key" + random.nextInt(5), random.nextInt(2)));
            }
            server.jdbc().sql("UPDATE prediction SET status = 'planning'").update();
            PlanQueue queue = server.bean(PlanQueue.class);
            Map<String, Integer> held = new HashMap<>();
            Prediction first = null;
            while (!waiting.isEmpty()) {
                Prediction expected = heads(waiting)
                        .min(Comparator.comparing((Prediction p) -> -p.order().priority())
                                .thenComparing(p -> held.getOrDefault(p.owner(), 0))
                                .thenComparing(p -> p.times().createdAt()))
                        .orElseThrow();
                assertThat(queue.claim(DEVICE)).map(Prediction::id).contains(expected.id());
                waiting.remove(expected);
                held.merge(expected.owner(), 1, Integer::sum);
                first = first == null ? expected : first;
            }
            assertThat(queue.claim(DEVICE)).isEmpty();

            server.jdbc()
                    .sql("UPDATE prediction SET lease_until = :past WHERE id = :id")
                    .param("past", OffsetDateTime.now().minusSeconds(1))
                    .param("id", first.id())
                    .update();
            assertThat(queue.claim(DEVICE)).map(Prediction::id).contains(first.id());
        }
    }

    @Test
    void whatHasWaitedTooLongFailsHoweverMuchItIs() {
        try (ScriptedServer server = start()) {
            Prediction one = submit(server, "a barn", "alice", 0);
            copy(server, one, 250);
            server.jdbc()
                    .sql("UPDATE prediction SET deadline = :past WHERE id <> :one")
                    .param("past", OffsetDateTime.now().minusSeconds(1))
                    .param("one", one.id())
                    .update();
            WorkQueue queue = server.bean(WorkQueue.class);

            assertThat(queue.overdue(100)).hasSize(100).doesNotContain(one.id());
            assertThat(queue.overdue(1000)).hasSize(250);
        }
    }

    /** Many wait, few owners: what waits behind an owner's first is not looked at. */
    @Test
    void aClaimReadsAnIndexAndNotAllThatWaits() {
        try (ScriptedServer server = start()) {
            Prediction one = submit(server, "a barn", "alice", 0);
            copy(server, one, COPIES);
            server.jdbc().sql("ANALYZE").update();

            assertThat(plan(server, WorkQueue.HEADS))
                    .contains("prediction_turns")
                    .doesNotContain("seq scan on prediction");
            assertThat(plan(server, WorkQueue.ALIKE))
                    .contains("prediction_alike")
                    .doesNotContain("seq scan on prediction");
            assertThat(plan(server, WorkQueue.OVERDUE))
                    .contains("prediction_deadlines")
                    .doesNotContain("seq scan on prediction");
            assertThat(plan(server, KeyChanges.ACTIVE))
                    .contains("prediction_free")
                    .doesNotContain("seq scan on prediction");

            server.jdbc()
                    .sql("UPDATE prediction SET status = 'planning' WHERE id LIKE '%1'")
                    .update();
            server.jdbc().sql("ANALYZE").update();
            assertThat(plan(server, PlanQueue.HEADS))
                    .contains("prediction_free", "prediction_leases")
                    .doesNotContain("seq scan on prediction");
        }
    }

    private void copy(ScriptedServer server, Prediction one, int copies) {
        String numbers = kind == TestDatabase.H2
                ? "SYSTEM_RANGE(1, " + copies + ")"
                : "(SELECT g AS x FROM generate_series(1, " + copies + ") g)";
        server.jdbc().sql("""
                INSERT INTO prediction (id, owner, model, served_by, request, plan, delivery, batch_key, images, priority,
                    status, progress, error, attempts, created_at, deadline)
                SELECT 'pred_' || n.x, 'key' || MOD(n.x, 9), p.model, p.served_by, p.request, p.plan, p.delivery,
                    'alike' || MOD(n.x, 500), p.images, p.priority, p.status, 0, '', 0, p.created_at, p.deadline
                FROM prediction p CROSS JOIN %s n WHERE p.id = :id""".formatted(numbers)).param("id", one.id()).update();
    }

    private static String plan(ScriptedServer server, String sql) {
        return String.join(
                        "\n",
                        server.jdbc()
                                .sql("EXPLAIN " + sql)
                                .param("model", MODEL)
                                .param("first", "pred_1")
                                .param("owner", "key1")
                                .param("now", OffsetDateTime.now())
                                .param("limit", 8)
                                .query(String.class)
                                .list())
                .toLowerCase(Locale.ROOT);
    }

    /** The whole queue is aggregated once for everybody; a place itself is exact. */
    @Test
    void placesInALongQueueAreThoseOfAShortOne() {
        try (ScriptedServer server = start()) {
            Prediction first = submit(server, "a barn", "alice", 0);
            copy(server, first, 1800);
            Prediction second = submit(server, "a lake", "alice", 0);
            Places places = server.bean(Places.class);

            assertThat(places.of("alice", MODEL, 10))
                    .extractingFromEntries(e -> e.getKey() + " " + e.getValue().place())
                    .containsExactlyInAnyOrder(
                            first.id() + " " + places.of(first).place(),
                            second.id() + " " + places.of(second).place());
            assertThat(places.of(second).place())
                    .as("two of its own, one of each other key")
                    .isEqualTo(11);
            assertThat(places.of(second).waiting()).isEqualTo(1802);
            assertThat(places.of("key1", MODEL, 10)).hasSize(10);
            Prediction urgent = submit(server, "a fox", "bob", 5);
            assertThat(places.of(urgent).place()).isEqualTo(1);
        }
    }

    private ScriptedServer start() {
        return ScriptedServer.start(kind.migrated(), data, "--atelier.worker.enabled=false");
    }

    private static Prediction submit(ScriptedServer server, String prompt, String owner, int priority) {
        return server.submit(
                prompt, 1, new ApiKey(owner, owner, Set.of(Scope.values()), new Limits(0, 60, 0, priority)));
    }
}
