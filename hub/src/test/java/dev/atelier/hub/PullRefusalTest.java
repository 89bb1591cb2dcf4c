package dev.atelier.hub;

import static dev.atelier.hub.FakeHub.body;
import static dev.atelier.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullRefusalTest extends PullFixture {
    @Test
    void anUnknownModelIsExplained() {
        hub.fail("/revision/main", status(404, "X-Error-Code", "RepoNotFound"));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.NOT_FOUND, "404", "studio/klein");

        hub.fail("/revision/v9", status(404, "X-Error-Code", "RevisionNotFound"));
        assertFails(
                () -> client("").pull(ModelId.parse("studio/klein@v9"), models, PullListener.NONE),
                Kind.NOT_FOUND,
                "no revision 'v9'");
        assertThat(models.resolve("studio/klein")).doesNotExist();
    }

    @Test
    void refusedAccessIsExplained() {
        hub.fail("/revision/main", status(401));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAUTHORIZED, "set HF_TOKEN");
        hub.fail("/revision/main", status(401));
        assertFails(() -> client("t").pull(MODEL, models, PullListener.NONE), Kind.UNAUTHORIZED, "token was refused");
        hub.fail("/revision/main", status(401, "X-Error-Code", "GatedRepo"));
        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE),
                Kind.GATED,
                "accept the licence at " + hub.endpoint() + "/studio/klein",
                "HF_TOKEN");
        hub.fail("model_index.json", status(403));
        assertFails(() -> client("t").pull(MODEL, models, PullListener.NONE), Kind.GATED, "accept the licence");
    }

    @Test
    void aBusyHubIsAskedAgainWhenItSays() {
        hub.fail("/revision/main", status(429, "Retry-After", "7"))
                .fail("/revision/main", status(503, "Retry-After", "Fri, 02 Jan 2026 03:04:45 GMT"))
                .fail("/revision/main", status(500));

        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(40), Duration.ofSeconds(4));
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        for (int i = 0; i < Retry.ATTEMPTS; i++) {
            hub.fail("/revision/main", status(429));
        }
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.RATE_LIMITED, "429", "5 attempts");
        assertThat(pauses).hasSize(Retry.ATTEMPTS - 1);

        hub.fail("/revision/main", status(429, "Retry-After", "3600"));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.RATE_LIMITED, "3600 s");
    }

    @Test
    void anUnreachableHubIsExplained() {
        hub.close();

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "no answer from http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "::", ""})
    void aRedirectToNoWebAddressIsNotFollowed(String location) {
        hub.fail("model_index.json", status(302, "Location", location));

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "redirects to");
    }

    @Test
    void redirectsInACircleEnd() {
        for (int i = 0; i < 20; i++) {
            hub.fail(
                    "model_index.json",
                    (exchange, _) -> status(
                                    302, "Location", exchange.getRequestURI().getPath())
                            .answer(exchange, new byte[0]));
        }

        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "more than 10 redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "transformer/../../evil.json",
                "/etc/evil.json",
                "transformer\\..\\evil.json",
                "C:/evil.json",
                "..",
                "transformer/evil\0.json"
            })
    void namesThatLeadOutOfTheFolderAreRefused(String name) throws IOException {
        hub.small(name, "x");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "outside the model");

        assertThat(filesIn(models)).containsExactly("studio/.klein.lock");
    }

    @Test
    void anIndexThatNamesAFolderOutsideIsRefused() {
        hub.small("model_index.json", "{\"../other\": [\"diffusers\", \"X\"]}");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.CORRUPT, "'../other'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"sha\": \"main\"}", "[]", "", "{\"sha\": 7}"})
    void anAnswerThatIsNoHubsIsExplained(String answer) {
        hub.fail("/revision/main", body(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"x\""));

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "/revision/main");
    }

    @Test
    void aRepositoryWithoutAPipelineIsRefused() {
        hub.remove("model_index.json");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.NOT_FOUND, "model_index.json");
    }
}
