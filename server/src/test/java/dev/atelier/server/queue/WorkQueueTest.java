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
        Comparator<Prediction> own = Comparator.comparing(
                        (Prediction p) -> -p.order().priority())
                .thenComparing(p -> p.times().createdAt());
        Stream<Prediction> heads = waiting.stream()
                .map(Prediction::owner)
                .distinct()
                .map(owner -> waiting.stream()
                        .filter(p -> p.owner().equals(owner))
                        .min(own)
                        .orElseThrow());
        return heads.min(Comparator.comparing((Prediction p) -> -p.order().priority())
                        .thenComparing(p -> served.getOrDefault(p.owner(), 0))
                        .thenComparing(p -> p.times().createdAt()))
                .orElseThrow();
    }

    @Test
    void anotherModelsWorkIsNotTaken() {
        try (ScriptedServer server = start()) {
            submit(server, "a barn", "alice", 0);

            assertThat(server.bean(WorkQueue.class).claim(DEVICE, Set.of("another")))
                    .isEmpty();
        }
    }

    /** Many wait, few owners: what waits behind an owner's first is not looked at. */
    @Test
    void aClaimReadsAnIndexAndNotAllThatWaits() {
        try (ScriptedServer server = start()) {
            Prediction one = submit(server, "a barn", "alice", 0);
            String numbers = kind == TestDatabase.H2
                    ? "SYSTEM_RANGE(1, " + COPIES + ")"
                    : "(SELECT g AS x FROM generate_series(1, " + COPIES + ") g)";
            server.jdbc().sql("""
                    INSERT INTO prediction (id, owner, model, served_by, request, plan, delivery, batch_key, images, priority,
                        status, progress, error, attempts, created_at, deadline)
                    SELECT 'pred_' || n.x, 'key' || MOD(n.x, 9), p.model, p.served_by, p.request, p.plan, p.delivery,
                        'alike' || MOD(n.x, 500), p.images, p.priority, p.status, 0, '', 0, p.created_at, p.deadline
                    FROM prediction p CROSS JOIN %s n WHERE p.id = :id""".formatted(numbers)).param("id", one.id()).update();
            server.jdbc().sql("ANALYZE").update();

            assertThat(plan(server, WorkQueue.HEADS))
                    .contains("prediction_turns")
                    .doesNotContain("seq scan on prediction");
            assertThat(plan(server, WorkQueue.ALIKE))
                    .contains("prediction_alike")
                    .doesNotContain("seq scan on prediction");
        }
    }

    private static String plan(ScriptedServer server, String sql) {
        return String.join(
                        "\n",
                        server.jdbc()
                                .sql("EXPLAIN " + sql)
                                .param("model", MODEL)
                                .param("first", "pred_1")
                                .param("limit", 8)
                                .query(String.class)
                                .list())
                .toLowerCase(Locale.ROOT);
    }

    private ScriptedServer start() {
        return ScriptedServer.start(kind.migrated(), data, "--atelier.worker.enabled=false");
    }

    private static Prediction submit(ScriptedServer server, String prompt, String owner, int priority) {
        return server.submit(
                prompt, 1, new ApiKey(owner, owner, Set.of(Scope.values()), new Limits(0, 60, 0, priority)));
    }
}
