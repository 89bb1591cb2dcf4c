package dev.atelier.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import dev.atelier.api.Jwks;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import dev.atelier.server.SettableClock;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.api.atlas.AtlasJsonFixture;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.MediaStoreFixture;
import dev.atelier.server.outbound.AddressPolicy;
import dev.atelier.server.outbound.OutboundClient;
import dev.atelier.server.outbound.OutboundLimits;
import dev.atelier.server.prediction.Failure;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.PredictionOutput;
import dev.atelier.server.prediction.Status;
import dev.atelier.server.prediction.Warnings;
import dev.atelier.server.secret.SecretsFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The receiver runs on loopback, which the test allows; the scheduler runs by hand on a clock that the test moves. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class WebhookTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final WebhookSettings SETTINGS =
            new WebhookSettings(4, Duration.ofSeconds(10), Duration.ofSeconds(25));

    @TempDir
    Path folder;

    private final JsonMapper json = JsonMapper.shared();
    private final DataSource database;
    private SettableClock clock;
    private WebhookReceiver receiver;
    private Node node;

    /** A running service, as far as webhooks go; another one on the same database is the service after a restart. */
    private record Node(
            OutboundClient outbound, WebhookSigner signer, ManualScheduler scheduler, WebhookSender webhooks) {}

    WebhookTest(TestDatabase kind) {
        database = kind.migrated();
    }

    @BeforeEach
    void start() throws IOException {
        clock = new SettableClock(NOON);
        receiver = new WebhookReceiver();
        node = start(List.of("127.0.0.1", "::1"));
    }

    @AfterEach
    void stop() throws IOException {
        node.outbound().close();
        receiver.close();
    }

    @Test
    void tellsTheReceiverOfTheEndWithASignatureThatThePublishedKeyConfirms() throws Exception {
        enqueue(prediction(Status.COMPLETED, ""));
        node.scheduler().runAnyDueExecutions();

        WebhookReceiver.Call call = receiver.calls.getFirst();
        assertThat(call.id()).isEqualTo("pred_1");
        assertThat(call.event()).isEqualTo("image.task.terminal");
        assertThat(call.timestamp()).isEqualTo(NOON.getEpochSecond());
        assertThat(confirmed(call)).isTrue();
        assertThat(confirmed(call.at(call.timestamp() + 1))).isFalse();
        JsonNode body = json.readTree(call.body());
        assertThat(body.at("/session_id").asString()).isEqualTo("pred_1");
        assertThat(body.at("/event_type").asString()).isEqualTo("image.task.terminal");
        assertThat(body.at("/status").asString()).isEqualTo("OK");
        assertThat(body.at("/error").asString()).isEmpty();
        assertThat(body.at("/payload/status").asString()).isEqualTo("completed");
        assertThat(body.at("/payload/outputs").toString()).isEqualTo("[\"http://studio.test/outputs/a.png\"]");
        assertThat(body.at("/payload/warnings").toString()).isEqualTo("[\"steps: has no effect on this model\"]");
        assertThat(body.at("/payload/served_by").asString()).isEqualTo("atelier");
        assertThat(body.at("/payload/metrics/predict_time").asDouble()).isEqualTo(2.0);
        assertThat(body.at("/payload/completed_at").asString()).isEqualTo("2026-01-01T12:00:03Z");
    }

    @Test
    void saysErrorForWhatFailedOrWasCanceled() {
        enqueue(prediction(Status.CANCELED, "canceled by the caller"));
        node.scheduler().runAnyDueExecutions();

        JsonNode body = json.readTree(receiver.calls.getFirst().body());
        assertThat(body.at("/status").asString()).isEqualTo("ERROR");
        assertThat(body.at("/error").asString()).isEqualTo("canceled by the caller");
        assertThat(body.at("/payload/status").asString()).isEqualTo("failed");
        assertThat(body.at("/payload/state").asString()).isEqualTo("canceled");
    }

    @Test
    void isDeliveredAfterARestartWhenTheReceiverWasDown() throws Exception {
        receiver.answer = 503;
        enqueue(prediction(Status.COMPLETED, ""));
        node.scheduler().runAnyDueExecutions();
        assertThat(receiver.calls).hasSize(1);

        node.outbound().close();
        node = start(List.of("127.0.0.1", "::1"));
        receiver.answer = 204;
        advance(Duration.ofSeconds(10));
        node.scheduler().runAnyDueExecutions();

        assertThat(receiver.calls).hasSize(2);
        WebhookReceiver.Call first = receiver.calls.getFirst();
        WebhookReceiver.Call second = receiver.calls.getLast();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.keyId()).isEqualTo(first.keyId());
        assertThat(second.timestamp()).isEqualTo(NOON.getEpochSecond() + 10);
        assertThat(confirmed(second)).isTrue();
        assertThat(node.scheduler().getScheduledExecutions()).isEmpty();
    }

    @Test
    void waitsLongerAfterEachFailureAndGivesUpAfterTheLast() {
        receiver.answer = 500;
        enqueue(prediction(Status.COMPLETED, ""));

        List<Integer> calls = new ArrayList<>();
        for (int seconds : new int[] {0, 9, 1, 19, 1, 24, 1, 100_000}) {
            advance(Duration.ofSeconds(seconds));
            node.scheduler().runAnyDueExecutions();
            calls.add(receiver.calls.size());
        }

        assertThat(calls).as("after 10 s, 20 s, 25 s, never").containsExactly(1, 1, 2, 2, 3, 3, 4, 4);
        assertThat(node.scheduler().getScheduledExecutions()).isEmpty();
    }

    @Test
    void isPartOfTheTransactionThatEndsThePrediction() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        transaction.executeWithoutResult(status -> {
            node.webhooks().enqueue(prediction(Status.COMPLETED, ""));
            status.setRollbackOnly();
        });
        node.scheduler().runAnyDueExecutions();

        assertThat(receiver.calls).isEmpty();
    }

    @Test
    void neverCallsAPrivateAddressWhateverTheNameResolvesToWhenItIsCalled() throws IOException {
        try (OutboundClient _ = node.outbound()) {
            node = start(List.of());
            enqueue(prediction(Status.COMPLETED, ""));
            node.scheduler().runAnyDueExecutions();
        }

        assertThat(receiver.calls).isEmpty();
        assertThat(node.scheduler().getScheduledExecutions())
                .singleElement()
                .satisfies(
                        waiting -> assertThat(waiting.getConsecutiveFailures()).isEqualTo(1));
    }

    @Test
    void refusesAUrlThatCannotBePublicWhenTheRequestIsAccepted() {
        node.webhooks().check("https://hooks.example/atelier");

        for (String url : List.of("http://10.0.0.1/", "http://0x7f.1/", "ftp://hooks.example/", "hooks", "")) {
            assertThatThrownBy(() -> node.webhooks().check(url))
                    .isInstanceOf(ApiException.class)
                    .hasMessageStartingWith("webhook_url: ");
        }
    }

    private Node start(List<String> allowed) throws IOException {
        DataSource shared = new TransactionAwareDataSourceProxy(database);
        OutboundLimits limits = new OutboundLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 0, 4);
        OutboundClient outbound = new OutboundClient(
                AddressPolicy.allowing(allowed), limits, _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        WebhookSigner signer = new WebhookSigner(SecretsFixture.in(database));
        var time = new com.github.kagkarlsson.scheduler.testhelper.SettableClock();
        time.set(clock.instant());
        ManualScheduler scheduler = TestHelper.createManualScheduler(
                        shared,
                        new WebhookConfiguration().webhookTask(new WebhookDelivery(outbound, signer, clock), SETTINGS))
                .clock(time)
                .build();
        TerminalEvents events =
                new TerminalEvents(AtlasJsonFixture.over(MediaStoreFixture.in(database, folder, clock)), json);
        return new Node(outbound, signer, scheduler, new QueuedWebhooks(outbound, scheduler, events, clock));
    }

    private void advance(Duration duration) {
        clock.advance(duration);
        node.scheduler().setTime(clock.instant());
    }

    private void enqueue(Prediction prediction) {
        new TransactionTemplate(new JdbcTransactionManager(database))
                .executeWithoutResult(_ -> node.webhooks().enqueue(prediction));
    }

    private Prediction prediction(Status status, String error) {
        GenerationRequest request =
                GenerationRequest.of("atelier", "a red square").withSampling(new Sampling(0, -1, 7));
        GenerationPlan plan = new GenerationPlan(
                Task.TEXT_TO_IMAGE,
                new PlannedSize(512, 512, 262_144, 16),
                List.of(new Shot("a red square", List.of(), List.of())),
                "",
                List.of(),
                List.of(),
                "a red square");
        Prediction.Delivery delivery = new Prediction.Delivery(
                URI.create("http://studio.test"),
                true,
                receiver.url("hooks.test"),
                Duration.ofDays(1),
                Duration.ofDays(1));
        PredictionOutput made = new PredictionOutput(
                0,
                "a.png",
                "image/png",
                512,
                512,
                new PredictionOutput.Recipe("a red square", 7, 4, 1, 2, ""),
                Failure.NONE);
        return new Prediction(
                "pred_1",
                "alice",
                new Prediction.Order(request, plan, "atelier", delivery, 0),
                new Prediction.State(
                        status,
                        1,
                        Failure.of(error.isEmpty() ? Failure.Reason.NONE : Failure.Reason.ENGINE, error),
                        1,
                        new Warnings(List.of("steps: has no effect on this model"))),
                new Prediction.Times(NOON, NOON.plusSeconds(1), NOON.plusSeconds(3), NOON.plusSeconds(600)),
                status == Status.COMPLETED ? List.of(made) : List.of());
    }

    /** Checks a call as a receiver would: with the key that the JWKS names. */
    private boolean confirmed(WebhookReceiver.Call call) throws GeneralSecurityException {
        Jwks.Key key = node.signer().publicJwk();
        assertThat(call.keyId()).isEqualTo(key.kid());
        return call.isSignedWith(key.x());
    }
}
