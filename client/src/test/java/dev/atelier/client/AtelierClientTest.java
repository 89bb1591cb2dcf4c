package dev.atelier.client;

import static dev.atelier.client.FakeService.answer;
import static dev.atelier.client.FakeService.broken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atelier.api.PredictionView;
import dev.atelier.client.AtelierException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtelierClientTest {
    private static final ImageOrder FOX =
            ImageOrder.of("a fox").model("m").seed(7).build();

    private final FakeService service = new FakeService();
    private final AtelierClient client = service.client();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    private static AtelierException failure(Runnable call) {
        return catchThrowableOfType(AtelierException.class, call::run);
    }

    @Test
    void anOrderIsSentInTheFieldsOfTheApi() throws Exception {
        service.then(200, answer("starting"));
        Path reference = Files.write(folder.resolve("fox.png"), new byte[] {1, 2, 3});
        ImageOrder order = ImageOrder.of("make it night")
                .model("seedling-1")
                .reference("http://example.org/a.png")
                .reference(reference)
                .mask(new byte[] {4})
                .strength(0.5)
                .size(512, 256)
                .sequence(4)
                .steps(4)
                .guidanceScale(1.5)
                .seed(42)
                .format("webp")
                .outpaint(1, 2, 3, 4)
                .negativePrompt("rain")
                .expandPrompt(false)
                .set("quality", "high")
                .idempotencyKey("order-1")
                .keepPictures(Duration.ofDays(2))
                .build();
        PredictionView accepted = client.submit(order);
        assertThat(accepted.id()).isEqualTo("pred_1");
        assertThat(accepted.state()).isEqualTo(PredictionView.State.STARTING);
        FakeService.Heard heard = service.heard.getFirst();
        assertThat(heard.target()).isEqualTo("/api/v1/model/generateImage");
        assertThat(heard.header("Authorization")).isEqualTo("Bearer secret");
        assertThat(heard.header("Idempotency-key")).isEqualTo("order-1");
        assertThat(heard.header("X-atlascloud-object-expiration-hours")).isEqualTo("48");
        assertThat(heard.body())
                .isEqualTo("{\"prompt\":\"make it night\",\"model\":\"seedling-1\",\"mask\":\"BA==\",\"strength\":0.5,"
                        + "\"size\":\"512*256\",\"sequential_image_generation\":\"auto\",\"max_images\":4,\"steps\":4,"
                        + "\"guidance_scale\":1.5,\"seed\":42,\"output_format\":\"webp\",\"outpaint\":\"1,2,3,4\","
                        + "\"negative_prompt\":\"rain\",\"enable_prompt_expansion\":false,\"quality\":\"high\","
                        + "\"images\":[\"http://example.org/a.png\",\"AQID\"]}");
    }

    @Test
    void anOrderWithoutAModelIsForTheFirstOfTheService() {
        service.then(200, "{\"code\":200,\"data\":[{\"model\":\"seedling-1\"},{\"model\":\"other\"}]}")
                .then(200, answer("starting"))
                .then(200, answer("starting"));
        client.submit(ImageOrder.of("a fox").build());
        client.submit(ImageOrder.of("a cat").build());
        assertThat(service.targets())
                .containsExactly(
                        "GET /api/v1/models", "POST /api/v1/model/generateImage", "POST /api/v1/model/generateImage");
        assertThat(service.heard.get(2).body()).isEqualTo("{\"prompt\":\"a cat\",\"model\":\"seedling-1\"}");
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsSentAgainUnderItsKey() {
        service.then(broken()).then(200, answer("starting"));
        assertThat(client.submit(FOX).id()).isEqualTo("pred_1");
        assertThat(service.heard).hasSize(2);
        String key = service.heard.get(0).header("Idempotency-key");
        assertThat(key).matches("[0-9a-f-]{36}");
        assertThat(service.heard.get(1).header("Idempotency-key")).isEqualTo(key);
        assertThat(service.heard.get(1).header("X-request-id"))
                .isEqualTo(service.heard.get(0).header("X-request-id"));
    }

    @Test
    void retryAfterIsObeyedAndOtherPausesDouble() {
        service.then(429, "{\"code\":429,\"message\":\"too often\"}", "Retry-After", "7")
                .then(503, "{\"code\":503,\"message\":\"the queue is full\"}")
                .then(502, "<html>bad gateway</html>")
                .then(200, answer("starting"));
        client.submit(FOX);
        assertThat(service.time.pauses).hasSize(3);
        assertThat(service.time.pauses.get(0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(service.time.pauses.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(service.time.pauses.get(2)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2000));
    }

    @Test
    void aRetryAfterThatIsLongerThanAllowedFailsAtOnce() {
        service.then(429, "{\"code\":429,\"message\":\"images a day: 10 of 10\"}", "Retry-After", "3600");
        AtelierException failure = failure(() -> client.submit(FOX));
        assertThat(failure.code()).isEqualTo(Code.TOO_MANY);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(failure.temporary()).isTrue();
        assertThat(service.time.pauses).isEmpty();
    }

    @Test
    void attemptsAreBounded() {
        for (int i = 0; i < 9; i++) {
            service.then(503, "{\"code\":503,\"message\":\"the queue is full\"}");
        }
        assertThat(failure(() -> client.get("pred_1")).code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(service.heard).hasSize(RetryPolicy.DEFAULT.attempts());
    }

    @Test
    void whatIsNotSafeIsRepeatedOnlyWhenItWasRefused() {
        service.then(503, "{\"code\":503,\"message\":\"the database is away\"}").then(broken());
        assertThat(failure(() -> client.cancel("pred_1")).code()).isEqualTo(Code.DISCONNECTED);
        assertThat(service.heard).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID",
        "401, UNAUTHORIZED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "413, TOO_LARGE",
        "415, INVALID",
        "422, UNREADABLE",
        "500, SERVER",
        "501, SERVER",
        "302, PROTOCOL"
    })
    void refusalsAreTypedAndNotRepeated(int status, Code code) {
        service.then(
                status,
                "{\"code\":400,\"message\":\"size: 100*100 is 10,000 pixels; at least 65,536 are needed\"}",
                "X-Request-ID",
                "req-9",
                "Location",
                "http://elsewhere.example/");
        AtelierException failure = failure(() -> client.submit(FOX));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.field()).isEqualTo("size");
        assertThat(failure.requestId()).isEqualTo("req-9");
        assertThat(failure).hasMessage("size: 100*100 is 10,000 pixels; at least 65,536 are needed");
        assertThat(service.heard).hasSize(1);
    }

    @Test
    void anAnswerOfSomethingElseIsToldAsSuch() {
        service.then(200, "<html>hello</html>")
                .then(200, "{\"code\":200}")
                .then(404, "<html><body>no\nsuch page</body>");
        assertThat(failure(() -> client.get("pred_1")).code()).isEqualTo(Code.PROTOCOL);
        assertThat(failure(() -> client.get("pred_1"))).hasMessage("the answer has no 'data'");
        assertThat(failure(() -> client.get("pred_1"))).hasMessage("HTTP 404 <html><body>no such page</body>");
    }

    @Test
    void aServiceThatIsNotThereIsNamedWithoutTheKey() {
        service.close();
        AtelierException failure = failure(() -> client.get("pred_1"));
        assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(failure).hasMessage("nothing answers at " + service.base());
        assertThat(client.toString()).isEqualTo("AtelierClient[" + service.base() + "]");
    }

    @Test
    void waitingLooksAgainUntilTheEndAlsoOverAnOutage() {
        service.then(200, answer("planning")).then(200, answer("processing"));
        for (int i = 0; i < RetryPolicy.DEFAULT.attempts() + 1; i++) {
            service.then(503, "{\"code\":503,\"message\":\"starting\"}");
        }
        service.then(200, answer("completed"));
        assertThat(client.await("pred_1").outputs()).containsExactly("/outputs/1.png");
        assertThat(service.time.pauses.getFirst()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void waitingEndsWhenItsTimeIsOver() {
        for (int i = 0; i < 50; i++) {
            service.then(200, answer("processing"));
        }
        AtelierException failure = failure(() -> client.await("pred_1", Duration.ofSeconds(3)));
        assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
        assertThat(failure).hasMessage("prediction pred_1 has not ended within PT3S");
        assertThat(service.time.pauses.stream().mapToLong(Duration::toMillis).sum())
                .isLessThan(3000);
    }

    @Test
    void drawingTellsOfAFailedPredictionWithAllThatIsKnown() {
        service.then(200, answer("starting")).then(200, answer("failed"));
        AtelierException failed = failure(() -> client.draw(FOX));
        assertThat(failed.code()).isEqualTo(Code.FAILED);
        assertThat(failed).hasMessage("prediction pred_1: no memory");
        assertThat(failed.prediction())
                .hasValueSatisfying(p -> assertThat(p.id()).isEqualTo("pred_1"));
        service.then(200, answer("starting")).then(200, answer("canceled"));
        assertThat(failure(() -> client.draw(FOX)).code()).isEqualTo(Code.CANCELED);
    }

    @Test
    void whoeverCancelsTheFutureCancelsTheOrder() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch canceled = new CountDownLatch(1);
        service.then(200, answer("starting"))
                .then(exchange -> {
                    looking.countDown();
                    await(canceled);
                })
                .then(exchange -> {
                    FakeService.json(200, answer("canceled")).to(exchange);
                    canceled.countDown();
                });
        CompletableFuture<PredictionView> drawing = client.drawAsync(FOX, _ -> {});
        await(looking);
        assertThat(drawing.cancel(true)).isTrue();
        await(canceled);
        assertThat(service.targets().getLast()).isEqualTo("POST /api/v1/model/prediction/pred_1/cancel");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void pagesAreReadAsTheyAreUsed() {
        service.then(
                        200,
                        "{\"code\":200,\"data\":[" + FakeService.prediction("completed") + "],\"next_cursor\":\"c 1\"}")
                .then(200, "{\"code\":200,\"data\":[" + FakeService.prediction("failed") + "],\"next_cursor\":\"\"}");
        try (Stream<PredictionView> all = client.list()) {
            assertThat(all.map(PredictionView::state))
                    .containsExactly(PredictionView.State.COMPLETED, PredictionView.State.FAILED);
        }
        assertThat(service.targets())
                .containsExactly(
                        "GET /api/v1/model/predictions?limit=100&cursor=",
                        "GET /api/v1/model/predictions?limit=100&cursor=c+1");
    }

    @Test
    void anUploadIsAFormWithOneFile() throws Exception {
        String stored =
                "{\"code\":200,\"data\":{\"download_url\":\"http://host/uploads/1.png\",\"file_name\":\"a.png\",\"size\":3}}";
        service.then(200, stored);
        Path file = Files.writeString(folder.resolve("a.png"), "PNG");
        assertThat(client.upload(file).downloadUrl()).isEqualTo("http://host/uploads/1.png");
        FakeService.Heard heard = service.heard.getFirst();
        String boundary = heard.header("Content-type").replace("multipart/form-data; boundary=", "");
        assertThat(heard.body())
                .isEqualTo("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\nPNG\r\n--" + boundary + "--\r\n");
        service.then(200, stored);
        client.upload("a\"\r\nX: y.png", new byte[] {1});
        assertThat(service.heard.get(1).body()).contains("filename=\"aX: y.png\"");
    }

    @Test
    void aDownloadFollowsRedirectsWithoutTheKeyAndIsWholeOrNotThere() throws Exception {
        try (FakeService bucket = new FakeService()) {
            service.then(302, "", "Location", bucket.base() + "/signed.png");
            bucket.then(broken()).then(200, "picture");
            service.then(302, "", "Location", bucket.base() + "/signed.png");
            Path file = client.download("/outputs/1.png", folder.resolve("1.png"));
            assertThat(file).hasContent("picture");
            assertThat(Stream.concat(service.heard.stream(), bucket.heard.stream())
                            .map(heard -> heard.header("Authorization")))
                    .containsOnly("");
            service.then(404, "{\"code\":404,\"message\":\"there is no such file, or it has expired\"}");
            Path other = folder.resolve("2.png");
            assertThat(failure(() -> download("/outputs/2.png", other)).code()).isEqualTo(Code.NOT_FOUND);
            assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
        }
    }

    private void download(String output, Path file) {
        try {
            client.download(output, file);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void outputsMayBeInlineAndNothingElseThanHttp() {
        assertThat(client.download("data:image/png;base64,AQID")).containsExactly(1, 2, 3);
        assertThat(failure(() -> client.download("file:///etc/passwd")).code()).isEqualTo(Code.INVALID);
        assertThat(failure(() -> client.download("data:image/png;base64,***")).code())
                .isEqualTo(Code.INVALID);
    }

    @Test
    void whatCannotBeSentIsRefusedHere() {
        assertThat(failure(() -> client.get("../keys"))).hasMessage("id: is no id of a prediction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AtelierClient.at("ftp://localhost"))
                .withMessage("base: 'ftp://localhost' is not like http://localhost:8080");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.builder().key("a b"))
                .withMessage("key: has other characters than visible ones of ASCII");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.builder().callTimeout(Duration.ZERO))
                .withMessage("callTimeout: PT0S is not in 1 ns to 30 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageOrder.of("x").reference(new byte[ImageOrder.LARGEST_INLINE + 1]))
                .withMessage("reference: the picture has 30000001 bytes; at most 30000000 are sent inline");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageOrder.of("x").idempotencyKey("a b"))
                .withMessage("idempotencyKey: 1 to 255 visible characters of ASCII are needed");
        assertThat(List.of(0, 21))
                .allSatisfy(n -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> new RetryPolicy(n, Duration.ofMillis(1), Duration.ofMillis(1)))
                        .withMessage("attempts: " + n + " is not in 1 to 20"));
    }
}
