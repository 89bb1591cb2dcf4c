package dev.atelier.server.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.PromptEngineer;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionEvent;
import dev.atelier.server.prediction.PredictionService;
import dev.atelier.server.prediction.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A prompt engineer that takes its time plans after a request was accepted, on each database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PlanningTest {
    private static final ApiKey KEY = ApiKey.LOCAL;
    private static final String BY_RULES = "prompt: planned by rules; ";

    @TempDir
    static Path shared;

    private static final HeldEngineer ENGINEER = new HeldEngineer();
    private static ScriptedServer server;

    @TempDir
    Path data;

    @Parameter
    TestDatabase kind;

    /** For tests that start services of their own. */
    private final HeldEngineer engineer = new HeldEngineer();

    private DataSource database;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase kind) throws IOException {
        server = start(kind.migrated(), Files.createDirectories(shared.resolve(kind.name())), ENGINEER);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        ENGINEER.asked.clear();
        server.pipeline().calls.clear();
    }

    @Test
    void aPredictionIsAcceptedWithThePlanByRulesAndDrawnWithTheEngineers() throws Exception {
        Prediction accepted = server.submit(upToFour("a barn"), KEY);

        assertThat(accepted.status()).isEqualTo(Status.PLANNING);
        assertThat(accepted.order().plan().revisedPrompt()).isEqualTo("a barn");
        assertThat(server.send("GET", "/api/v1/model/prediction/" + accepted.id(), "")
                        .body())
                .contains("\"status\":\"starting\"", "\"state\":\"planning\"");
        assertThat(server.send("GET", "/api/v1/model/history?status=created", "")
                        .body())
                .contains("\"total\":1", "\"status\":\"starting\"");
        assertThat(ENGINEER.asked.poll(60, TimeUnit.SECONDS)).isEqualTo("a barn");
        assertThat(server.pipeline().calls).isEmpty();

        ENGINEER.answer("a red barn at dusk", 2);
        Prediction done = server.await(accepted, KEY);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.outputs())
                .extracting(output -> output.recipe().prompt())
                .containsExactly("a red barn at dusk", "a red barn at dusk");
        assertThat(done.order().plan().reasons()).containsExactly("planned by a friend");
        assertThat(done.state().warnings().sentences()).containsExactly("said by the engineer");
        assertThat(done.state().attempts()).isEqualTo(1);
        assertThat(server.jdbc()
                        .sql("SELECT images_requested FROM usage_record WHERE prediction_id = :id")
                        .param("id", done.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whatTheEngineerDoesNotPlanWaitsForNobody() {
        Prediction accepted = server.submit(upToFour("a barn").withPrompt(new Prompt("a barn", "", false)), KEY);

        assertThat(accepted.status()).isEqualTo(Status.STARTING);
        assertThat(server.await(accepted, KEY).status()).isEqualTo(Status.COMPLETED);
        assertThat(ENGINEER.asked).isEmpty();
    }

    @Test
    void anEngineerThatFailsLeavesThePlanToTheRules() {
        ENGINEER.answer(_ -> {
            throw new IllegalStateException("the endpoint hung up");
        });
        Prediction done = server.await(server.submit("a barn", 1, KEY), KEY);

        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.outputs().getFirst().recipe().prompt()).isEqualTo("a barn");
        assertThat(done.state().warnings().sentences()).containsExactly(BY_RULES + "the prompt engineer failed");
    }

    @Test
    void anEngineerThatDoesNotAnswerIsNotWaitedForLongerThanItMayTake() throws Exception {
        try (ScriptedServer server = start("--atelier.planning.timeout=50ms")) {
            Prediction done = server.await(server.submit("a barn", 1, KEY), KEY);

            assertThat(done.status()).isEqualTo(Status.COMPLETED);
            assertThat(done.state().warnings().sentences())
                    .containsExactly(BY_RULES + "the prompt engineer did not answer within 0.05 s");
            assertThat(engineer.interrupted.poll(60, TimeUnit.SECONDS)).isEqualTo("a barn");
        }
    }

    @Test
    void aPlanThatTheModelCannotMakeIsTheRules() {
        ENGINEER.answer(_ -> {
            throw new dev.atelier.prompt.InvalidRequestException("size", "9x9", "16 is the least");
        });
        Prediction done = server.await(server.submit("a barn", 1, KEY), KEY);

        assertThat(done.state().warnings().sentences())
                .singleElement()
                .asString()
                .startsWith(BY_RULES + "the prompt engineer's plan cannot be made here (size: 9x9");
    }

    @Test
    void morePicturesThanTheRequestAllowsAreNotPlanned() {
        ENGINEER.answer("a red barn", 5);
        Prediction done = server.await(server.submit(upToFour("a barn"), KEY), KEY);

        assertThat(done.outputs()).hasSize(1);
        assertThat(done.state().warnings().sentences())
                .containsExactly(BY_RULES
                        + "the prompt engineer's plan cannot be made here (max_images: the plan has 5 pictures; at most 4"
                        + " are allowed)");
    }

    @Test
    void morePicturesThanTheQuotaLeavesAreNotPlanned() {
        try (ScriptedServer server = start()) {
            server.jdbc().sql("""
                    INSERT INTO api_key (id, name, secret_hash, scopes, requests, per_seconds, images_per_day, priority,
                        created_at)
                    VALUES ('poor', 'poor', 'x', 'GENERATE', 0, 60, 2, 0, :now)""").param("now", OffsetDateTime.now()).update();
            ApiKey poor = ScriptedServer.key("poor");
            engineer.answer("a red barn", 3);
            Prediction done = server.await(server.submit(upToFour("a barn"), poor), poor);

            assertThat(done.outputs()).hasSize(1);
            assertThat(done.state().warnings().sentences())
                    .containsExactly(BY_RULES + "daily quota: 1 of 2 images are used and 2 more are asked for");
        }
    }

    @Test
    void aServiceThatStopsHandsThePlanToTheNext() throws Exception {
        Prediction accepted;
        try (ScriptedServer first = start()) {
            accepted = first.submit("a barn", 1, KEY);
            assertThat(asked()).isEqualTo("a barn");
        }
        assertThat(engineer.interrupted.poll(60, TimeUnit.SECONDS)).isEqualTo("a barn");

        engineer.answer("a red barn", 1);
        try (ScriptedServer second = start()) {
            Prediction done = second.await(accepted, KEY);
            assertThat(done.status()).isEqualTo(Status.COMPLETED);
            assertThat(done.outputs().getFirst().recipe().prompt()).isEqualTo("a red barn");
        }
    }

    @Test
    void whatAKilledPlannerHeldIsPlannedByAnotherAndAtLastByTheRules() {
        Prediction once;
        Prediction often;
        try (ScriptedServer accepting = start("--atelier.worker.enabled=false")) {
            once = accepting.submit("a barn", 1, KEY);
            often = accepting.submit("a lake", 2, KEY);
            died(accepting, once, 1);
            died(accepting, often, 3);
        }

        engineer.answer("a red barn", 1);
        try (ScriptedServer next = start()) {
            assertThat(next.await(often, KEY).state().warnings().sentences())
                    .containsExactly(BY_RULES + "the service stopped 3 times while the prompt engineer was asked");
            assertThat(next.await(once, KEY).outputs().getFirst().recipe().prompt())
                    .isEqualTo("a red barn");
            assertThat(engineer.asked).containsExactly("a barn");
        }
    }

    /** As a process that was killed leaves it; its lease has run out. */
    private static void died(ScriptedServer server, Prediction held, int attempts) {
        server.jdbc()
                .sql("UPDATE prediction SET lease_owner = 'gone', lease_until = :past, attempts = :n WHERE id = :id")
                .param("past", OffsetDateTime.now().minusSeconds(1))
                .param("n", attempts)
                .param("id", held.id())
                .update();
    }

    @Test
    void aCanceledPlanIsNotWaitedForAndNothingIsDrawnOfIt() throws Exception {
        try (ScriptedServer server = start("--atelier.planning.at-once=1")) {
            Prediction canceled = server.submit("a barn", 1, KEY);
            Prediction next = server.submit("a lake", 2, KEY);
            assertThat(asked()).isEqualTo("a barn");

            Prediction ended = server.predictions().cancel(canceled.id(), KEY.id());

            assertThat(ended.status()).isEqualTo(Status.CANCELED);
            assertThat(engineer.interrupted.poll(60, TimeUnit.SECONDS)).isEqualTo("a barn");
            assertThat(asked()).isEqualTo("a lake");
            engineer.answer("a blue lake", 1);
            assertThat(server.await(next, KEY).status()).isEqualTo(Status.COMPLETED);
            assertThat(server.pipeline().begun).containsExactly("a blue lake");
            assertThat(server.predictions().get(canceled.id(), KEY.id()).status())
                    .isEqualTo(Status.CANCELED);
        }
    }

    @Test
    void aWatcherHearsThatItIsBeingPlanned() throws Exception {
        Prediction accepted = server.submit("a barn", 1, KEY);
        BlockingQueue<PredictionEvent> heard = new LinkedBlockingQueue<>();
        try (PredictionService.Subscription _ = server.predictions().watch(accepted.id(), KEY.id(), heard::add)) {
            assertThat(heard.poll(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            PredictionEvent.Progress.class,
                            step -> assertThat(step.phase()).isEqualTo(PredictionEvent.Phase.PLANNING));
        }
        ENGINEER.answer("a red barn", 1);
        assertThat(server.await(accepted, KEY).status()).isEqualTo(Status.COMPLETED);
    }

    private ScriptedServer start(String... more) {
        if (database == null) {
            database = kind.migrated();
        }
        return start(database, data, engineer, more);
    }

    private static ScriptedServer start(DataSource database, Path data, PromptEngineer engineer, String... more) {
        return ScriptedServer.start(
                database, data, beans -> beans.registerBean(PromptEngineer.class, () -> engineer), more);
    }

    private String asked() throws InterruptedException {
        return engineer.asked.poll(60, TimeUnit.SECONDS);
    }

    private static GenerationRequest upToFour(String prompt) {
        return GenerationRequest.of("seedling-1", prompt)
                .withSize(SizeWish.of(256, 256))
                .withSequence(SequenceWish.auto(4))
                .withSampling(new Sampling(4, 1, 1));
    }
}
