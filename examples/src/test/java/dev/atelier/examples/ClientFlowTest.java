package dev.atelier.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.atelier.api.ImageView;
import dev.atelier.api.PredictionView;
import dev.atelier.api.TerminalEvent;
import dev.atelier.client.AtelierClient;
import dev.atelier.client.AtelierException;
import dev.atelier.client.AtelierException.Code;
import dev.atelier.client.EventStream;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.PredictionEvent;
import dev.atelier.client.WebhookVerifier;
import dev.atelier.local.LocalAtelier;
import dev.atelier.server.AtelierServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The client and the real service, with the embedded model. */
class ClientFlowTest {
    @TempDir
    private static Path data;

    private static ConfigurableApplicationContext service;
    private static String url;
    private static AtelierClient client;

    @BeforeAll
    static void start() {
        service = AtelierServer.start(
                "--server.port=0",
                "--atelier.data=" + data.resolve("data"),
                "--atelier.worker.poll=50ms",
                "--atelier.outbound.allowed-networks=127.0.0.1/32");
        url = "http://localhost:" + service.getEnvironment().getProperty("local.server.port");
        client = AtelierClient.at(url).open();
    }

    @AfterAll
    static void stop() {
        client.close();
        service.close();
    }

    private static ImageOrder.Builder order(String prompt) {
        return ImageOrder.of(prompt).size(256, 256).steps(2).seed(7);
    }

    @Test
    void aPictureIsDrawnAndTheSameOrderIsDrawnOnce() {
        ImageOrder order = order("a red fox in the snow").images(1).build();
        PredictionView drawn = client.draw(order);
        assertThat(drawn.input().prompt()).isEqualTo("a red fox in the snow");
        assertThat(client.submit(order).id()).isEqualTo(drawn.id());
        try (LocalAtelier local = LocalAtelier.open()) {
            PredictionView here = local.draw(order, _ -> {});
            assertThat(local.download(here.outputs().getFirst()))
                    .isEqualTo(client.download(drawn.outputs().getFirst()));
        }
        try (Stream<PredictionView> all = client.list()) {
            assertThat(all.map(PredictionView::id)).contains(drawn.id());
        }
        client.delete(drawn.id());
        assertThat(catchThrowableOfType(AtelierException.class, () -> client.get(drawn.id()))
                        .code())
                .isEqualTo(Code.NOT_FOUND);
    }

    @Test
    void anUploadIsEditedWithEventsToTheEnd() throws IOException {
        PredictionView source =
                client.draw(order("a red house by a lake").images(1).build());
        Path file = client.download(source.outputs().getFirst(), data.resolve("house.png"));
        List<PredictionEvent> heard = new ArrayList<>();
        PredictionView edited = client.draw(
                order("make it night")
                        .images(1)
                        .reference(client.upload(file).downloadUrl())
                        .build(),
                heard::add);
        assertThat(edited.input().images()).hasSize(1);
        assertThat(heard).filteredOn(PredictionEvent.Output.class::isInstance).hasSize(1);
        assertThat(heard.getLast()).isInstanceOf(PredictionEvent.Done.class);
    }

    @Test
    void aSequenceComesPictureByPicture() {
        PredictionView accepted = client.submit(order("four seasons: a tree in spring, summer, autumn, winter")
                .sequence(4)
                .build());
        try (EventStream<PredictionEvent> events = client.events(accepted.id());
                Stream<PredictionEvent> all = events.stream()) {
            assertThat(all.filter(PredictionEvent.Output.class::isInstance)
                            .map(event -> ((PredictionEvent.Output) event).image())
                            .map(ImageView::index))
                    .containsExactly(0, 1, 2, 3);
        }
        assertThat(client.await(accepted.id()).outputs()).hasSize(4);
    }

    @Test
    void theServicesWebhookIsItsOwnAndAnotherIsNot() throws IOException {
        record Heard(Map<String, String> headers, byte[] body) {}
        CompletableFuture<Heard> heard = new CompletableFuture<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
                byte[] body = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
                heard.complete(new Heard(headers, body));
            }
        });
        receiver.start();
        try {
            URI hook = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/done");
            PredictionView accepted =
                    client.submit(order("a blue teapot").images(1).webhook(hook).build());
            Heard webhook = heard.join();
            WebhookVerifier verifier = client.webhooks();
            TerminalEvent event = verifier.verify(webhook.headers()::get, webhook.body());
            assertThat(event.sessionId()).isEqualTo(accepted.id());
            assertThat(event.payload().outputs()).hasSize(1);
            webhook.body()[10] ^= 1;
            assertThat(catchThrowableOfType(
                                    AtelierException.class,
                                    () -> verifier.verify(webhook.headers()::get, webhook.body()))
                            .code())
                    .isEqualTo(Code.SIGNATURE);
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void whatIsCanceledEndsAsCanceled() {
        PredictionView accepted =
                client.submit(order("a castle").images(12).steps(100).build());
        assertThat(client.cancel(accepted.id()).state()).isEqualTo(PredictionView.State.CANCELED);
        assertThat(client.await(accepted.id()).state()).isEqualTo(PredictionView.State.CANCELED);
        assertThat(catchThrowableOfType(AtelierException.class, () -> client.cancel(accepted.id()))
                        .code())
                .isEqualTo(Code.CONFLICT);
    }

    @Test
    void refusalsNameTheField() {
        AtelierException refused = catchThrowableOfType(
                AtelierException.class,
                () -> client.submit(order("a").size(100, 100).build()));
        assertThat(refused.code()).isEqualTo(Code.INVALID);
        assertThat(refused.field()).isEqualTo("size");
        assertThat(refused.requestId()).isNotEmpty();
        assertThat(client.models().getFirst().model()).isEqualTo("seedling-1");
        assertThat(client.estimate(order("a fox").images(2).build()).images()).isEqualTo(2);
    }

    @Test
    void theExampleSavesEachShot() throws IOException {
        Path folder = data.resolve("story");
        FollowSequence.main(url, "two panels: a fox wakes up, the fox sleeps", folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("shot-1.png", "shot-2.png");
        }
    }
}
