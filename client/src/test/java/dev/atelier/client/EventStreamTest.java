package dev.atelier.client;

import static dev.atelier.client.FakeService.events;
import static dev.atelier.client.FakeService.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final String STEP =
            "event:progress\ndata:{\"phase\":\"drawing\",\"step\":1,\"steps\":4,\"seconds_left\":2.5}\n\n";
    private static final String FIRST =
            "event:output\ndata:{\"index\":0,\"seed\":7,\"prompt\":\"a\",\"url\":\"u0\"}\n\n";
    private static final String SECOND =
            "event:output\ndata:{\"index\":1,\"seed\":8,\"prompt\":\"b\",\"url\":\"u1\"}\n\n";
    private static final String DONE = "event:done\ndata:" + prediction("completed") + "\n\n";

    private final FakeService service = new FakeService();
    private final AtelierClient client = service.client();

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private static String words(PredictionEvent event) {
        return switch (event) {
            case PredictionEvent.Submitted(PredictionView p) -> "submitted " + p.id();
            case PredictionEvent.Progressed(var progress) -> "step " + progress.step() + " of " + progress.steps();
            case PredictionEvent.Output(var image) -> "output " + image.index() + " " + image.url();
            case PredictionEvent.Done(PredictionView p) -> "done " + p.state();
            case PredictionEvent.Deleted(String id) -> "deleted " + id;
            case PredictionEvent.Gap(String message) -> "gap " + message;
        };
    }

    private static List<String> words(EventStream<PredictionEvent> events) {
        try (Stream<PredictionEvent> all = events.stream()) {
            return all.map(EventStreamTest::words).toList();
        }
    }

    @Test
    void picturesOfASequenceComeOneByOneToTheEnd() {
        service.then(events(STEP + FIRST + "event:of-tomorrow\ndata:{}\n\n" + SECOND + DONE + STEP));
        assertThat(words(client.events("pred_1")))
                .containsExactly("step 1 of 4", "output 0 u0", "output 1 u1", "done COMPLETED");
        assertThat(service.targets()).containsExactly("GET /api/v1/model/prediction/pred_1/events");
        assertThat(service.heard.getFirst().header("Accept")).isEqualTo("text/event-stream");
    }

    @Test
    void aStreamThatBreaksIsOpenedAnewAndNothingIsToldTwice() {
        service.then(events("id: 41\n" + FIRST + "event:output\ndata:{\"in"))
                .then(503, "{\"message\":\"starting\"}", "Retry-After", "3")
                .then(events("retry: 2500\nid: 42\n: nothing new\n\n" + FIRST))
                .then(events(FIRST + SECOND + DONE));
        assertThat(words(client.events("pred_1"))).containsExactly("output 0 u0", "output 1 u1", "done COMPLETED");
        assertThat(service.heard.stream().map(heard -> heard.header("Last-event-id")))
                .containsExactly("", "41", "41", "42");
        assertThat(service.time.pauses).hasSize(3);
        assertThat(service.time.pauses.subList(1, 3)).containsExactly(Duration.ofSeconds(3), Duration.ofMillis(2500));
    }

    @Test
    void aStreamThatNeverBringsAnythingIsGivenUp() {
        for (int i = 0; i < 20; i++) {
            service.then(events(""));
        }
        AtelierException failure = catchThrowableOfType(AtelierException.class, () -> words(client.events("pred_1")));
        assertThat(failure.code()).isEqualTo(Code.DISCONNECTED);
        assertThat(service.heard).hasSize(RetryPolicy.DEFAULT.attempts());
    }

    @Test
    void aStreamWithoutAnEndIsBoundedByTheTimeAllowed() {
        for (int i = 0; i < 200; i++) {
            service.then(events(STEP));
        }
        try (AtelierClient impatient =
                service.builder().waitTimeout(Duration.ofSeconds(2)).open(service.time)) {
            AtelierException failure =
                    catchThrowableOfType(AtelierException.class, () -> words(impatient.events("pred_1")));
            assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        }
    }

    @Test
    void refusalsAndNonsenseEndTheStream() {
        service.then(404, "{\"message\":\"prediction: there is none with this id\"}")
                .then(events("event:done\ndata:{nonsense\n\n"));
        AtelierException refused = catchThrowableOfType(AtelierException.class, () -> words(client.events("pred_1")));
        assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(refused.field()).isEqualTo("prediction");
        AtelierException nonsense = catchThrowableOfType(AtelierException.class, () -> words(client.events("pred_1")));
        assertThat(nonsense.code()).isEqualTo(Code.PROTOCOL);
        assertThat(service.heard).hasSize(2);
    }

    @Test
    void allPredictionsAreFollowedFromAPosition() {
        service.then(events("id: 50\nevent:submitted\ndata:" + prediction("starting") + "\n\n"
                + "id: 51\nevent:deleted\ndata:{\"id\":\"pred_0\"}\n\nevent:gap\ndata:{\"message\":\"more\"}\n\n" + DONE
                + DONE));
        try (EventStream<PredictionEvent> all = client.allEvents("49")) {
            assertThat(Stream.generate(all::next).limit(4).map(EventStreamTest::words))
                    .containsExactly("submitted pred_1", "deleted pred_0", "gap more", "done COMPLETED");
            assertThat(all.lastEventId()).isEqualTo("51");
        }
        assertThat(service.heard.getFirst().header("Last-event-id")).isEqualTo("49");
        assertThat(service.heard.getFirst().target()).isEqualTo("/api/v1/events");
    }

    @Test
    void closingFromAnotherThreadEndsTheWaiting() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        service.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(STEP.getBytes());
            exchange.getResponseBody().flush();
            uninterrupted(over);
        });
        EventStream<PredictionEvent> events = client.events("pred_1");
        events.next();
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> more.complete(events.hasNext()));
        events.close();
        assertThat(more.join()).isFalse();
        over.countDown();
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks for one event at a time. */
    private static final class Listener implements Flow.Subscriber<PredictionEvent> {
        final List<String> heard = new ArrayList<>();
        final CompletableFuture<List<String>> end = new CompletableFuture<>();
        private final long atOnce;
        private Flow.Subscription subscription;

        Listener(long atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(atOnce);
        }

        @Override
        public void onNext(PredictionEvent event) {
            heard.add(words(event));
            if (heard.size() == 2 && atOnce == 2) {
                subscription.cancel();
                end.complete(heard);
            } else if (atOnce == 1) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(heard);
        }
    }

    @Test
    void asReactiveStreams() {
        service.then(events(STEP + FIRST + SECOND + DONE));
        Listener listener = new Listener(1);
        client.publisher("pred_1").subscribe(listener);
        assertThat(listener.end.join()).containsExactly("step 1 of 4", "output 0 u0", "output 1 u1", "done COMPLETED");
        service.then(events(STEP + FIRST + SECOND + DONE));
        Listener canceling = new Listener(2);
        client.publisher("pred_1").subscribe(canceling);
        assertThat(canceling.end.join()).containsExactly("step 1 of 4", "output 0 u0");
        service.then(404, "{\"message\":\"none\"}");
        Listener refused = new Listener(1);
        client.publisher("pred_1").subscribe(refused);
        assertThat(refused.end.handle((_, failure) -> failure).join()).isInstanceOf(AtelierException.class);
        service.then(events(STEP));
        Listener wrong = new Listener(0);
        client.publisher("pred_1").subscribe(wrong);
        assertThat(wrong.end.handle((_, failure) -> failure).join())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request: 0 is not positive (Reactive Streams 3.9)");
    }

    @Test
    void drawingTellsTheListener() {
        service.then(200, FakeService.answer("starting"))
                .then(events(FIRST + DONE))
                .then(200, FakeService.answer("completed"));
        List<String> heard = new ArrayList<>();
        PredictionView drawn = client.draw(ImageOrder.of("a fox").model("m").build(), event -> heard.add(words(event)));
        assertThat(heard).containsExactly("output 0 u0", "done COMPLETED");
        assertThat(drawn.outputs()).containsExactly("/outputs/1.png");
    }
}
