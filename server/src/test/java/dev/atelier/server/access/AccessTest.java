package dev.atelier.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.RunningServer;
import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Keys over HTTP: who gets in, how often, and what each sees. */
class AccessTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String BODY =
            "{\"model\": \"bytedance/seedream-v4.5/sequential\", \"prompt\": \"a barn\", \"size\": \"256*256\"}";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static Keys keys;
    private static Keys.Created first;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
        keys = server.context().getBean(Keys.class);
        first = keys.create("first", Set.of(Scope.values()), Limits.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void onceThereIsAKeyEveryOtherIsRefused() throws Exception {
        for (String token : new String[] {
            "$ATLASCLOUD_API_KEY", "", first.token() + "x", first.token().replace("atl_", "")
        }) {
            server.useToken(token);
            HttpResponse<String> answer = server.send("GET", "/api/v1/model/predictions", "");
            assertThat(answer.statusCode()).as(token).isEqualTo(401);
            assertThat(answer.body()).contains("\"msg\":\"Authorization: a valid key is needed, as 'Bearer KEY'\"");
        }
        server.useToken(first.token());
        assertThat(server.send("GET", "/api/v1/model/predictions", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theCatalogNeedsNoKey() throws Exception {
        server.useToken("wrong");

        assertThat(server.send("GET", "/api/v1/models", "").statusCode()).isEqualTo(200);
        assertThat(server.send("GET", "/actuator/health/liveness", "").statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", "/actuator/prometheus", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aKeySeesItsOwnPredictionsOnly() throws Exception {
        Keys.Created stranger = keys.create("stranger", Set.of(Scope.values()), Limits.NONE);
        server.useToken(first.token());
        String id = server.post(GENERATE, BODY).get("id").stringValue();

        assertThat(server.send("GET", "/api/v1/model/prediction/" + id, "").statusCode())
                .isEqualTo(200);
        server.useToken(stranger.token());
        assertThat(server.send("GET", "/api/v1/model/prediction/" + id, "").statusCode())
                .isEqualTo(404);
        assertThat(server.send("POST", "/api/v1/model/prediction/" + id + "/cancel", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/model/predictions").get("data")).isEmpty();
    }

    @Test
    void aKeyIsHeldToItsRate() throws Exception {
        Keys.Created slow = keys.create("slow", Set.of(Scope.values()), new Limits(2, 3600, 0, 0));
        server.useToken(slow.token());
        server.post(GENERATE, BODY);
        server.post(GENERATE, BODY);

        HttpResponse<String> third = server.send("POST", GENERATE, BODY);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 1800);
        assertThat(third.body()).contains("rate limit: 2 requests in 3600 s are allowed");
        assertThat(server.send("GET", "/api/v1/model/predictions", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aKeyIsHeldToItsImagesOfTheDay() throws Exception {
        Keys.Created small = keys.create("small", Set.of(Scope.values()), new Limits(0, 60, 2, 0));
        server.useToken(small.token());
        server.post(GENERATE, BODY);
        server.post(GENERATE, BODY);

        HttpResponse<String> third = server.send("POST", GENERATE, BODY);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(third.body()).contains("daily quota: 2 of 2 images are used and 1 more are asked for");
        assertThat(server.get("/api/v1/usage").at("/data/images_today").intValue())
                .isEqualTo(2);
    }

    @Test
    void aReadingKeyCannotGenerate() throws Exception {
        Keys.Created reader = keys.create("reader", Set.of(Scope.READ), Limits.NONE);
        server.useToken(reader.token());

        assertThat(server.send("GET", "/api/v1/usage", "").statusCode()).isEqualTo(200);
        assertThat(server.send("HEAD", "/api/v1/usage", "").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", GENERATE, BODY).statusCode()).isEqualTo(403);
    }

    @Test
    void headNeedsWhatGetNeeds() throws Exception {
        Keys.Created writer = keys.create("writer", Set.of(Scope.GENERATE), Limits.NONE);
        server.useToken(writer.token());

        for (String method : new String[] {"GET", "HEAD"}) {
            assertThat(server.send(method, "/api/v1/usage", "").statusCode())
                    .as(method)
                    .isEqualTo(403);
            assertThat(server.send(method, "/api/v1/models", "").statusCode())
                    .as(method)
                    .isEqualTo(200);
        }
        server.useToken("wrong");
        assertThat(server.send("HEAD", "/api/v1/models", "").statusCode()).isEqualTo(200);
        assertThat(server.send("HEAD", "/api/v1/usage", "").statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedKeyIsRefused() throws Exception {
        Keys.Created gone = keys.create("gone", Set.of(Scope.values()), Limits.NONE);
        server.useToken(gone.token());
        assertThat(server.send("GET", "/api/v1/usage", "").statusCode()).isEqualTo(200);

        assertThat(keys.revoke(gone.key().id())).isTrue();

        assertThat(server.send("GET", "/api/v1/usage", "").statusCode()).isEqualTo(401);
        assertThat(keys.revoke(gone.key().id())).isFalse();
    }

    @Test
    void secretsAreNotInTheDatabase() {
        String secret = first.token().substring(first.token().lastIndexOf('_') + 1);

        assertThat(server.context()
                        .getBean(JdbcClient.class)
                        .sql("SELECT secret_hash FROM api_key WHERE id = :id")
                        .param("id", first.key().id())
                        .query(String.class)
                        .single())
                .hasSize(64)
                .doesNotContain(secret);
    }

    @Test
    void withoutKeysTheServiceListensOnThisMachineOnly(@TempDir Path other) {
        assertThatThrownBy(() -> RunningServer.start(other, "--server.address=0.0.0.0"))
                .rootCause()
                .isInstanceOf(NoKeyException.class)
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void theUsageOfADayIsCounted() throws Exception {
        Keys.Created counted = keys.create("counted", Set.of(Scope.values()), Limits.NONE);
        server.useToken(counted.token());
        String id = server.post(GENERATE, BODY).get("id").stringValue();
        server.post("/api/v1/model/prediction/" + id + "/cancel", "");

        var usage = JsonMapper.shared()
                .readTree(server.send("GET", "/public/v1/model-usage?group_by%5B%5D=model", "")
                        .body());

        var today = usage.get("data").get(usage.get("data").size() - 1);
        assertThat(today.at("/results/0/model").stringValue()).isEqualTo("bytedance/seedream-v4.5/sequential");
        assertThat(today.at("/results/0/requests").intValue()).isEqualTo(1);
        assertThat(today.at("/results/0/images").intValue()).isZero();
    }
}
