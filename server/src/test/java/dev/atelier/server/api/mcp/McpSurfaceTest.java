package dev.atelier.server.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.PredictionView;
import dev.atelier.mcp.DrawingException;
import dev.atelier.mcp.DrawingService;
import dev.atelier.mcp.remote.HttpDrawingService;
import dev.atelier.mcp.tool.Json;
import dev.atelier.server.RunningServer;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import dev.atelier.server.access.Keys;
import dev.atelier.server.api.atlas.AtlasDrawing;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /mcp} in the whole service: keys, what they may do, pages, pictures; and what agents find beside it. */
class McpSurfaceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final Pattern CURL = Pattern.compile("^curl -s (.*)$", Pattern.MULTILINE);
    private static final Pattern URL = Pattern.compile("http://localhost:8080(/[^\\s'\"`)|,]*)");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.with("--atelier.access.allowed-origins=https://studio.example");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static String full;
    private static String reader;
    private static ApiKey owner;

    @BeforeAll
    static void keys() {
        Keys keys = SERVER.context().getBean(Keys.class);
        Keys.Created created = keys.create("agent", EnumSet.allOf(Scope.class), Limits.NONE);
        full = created.token();
        owner = created.key();
        reader = keys.create("reader", EnumSet.of(Scope.READ), Limits.NONE).token();
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVER.base() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return HTTP.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> tools(HttpResponse<String> answer) {
        return JsonMapper.shared()
                .readTree(answer.body())
                .at("/result/tools")
                .valueStream()
                .map(tool -> tool.get("name").stringValue())
                .toList();
    }

    @Test
    void anyKeyConnectsAndEachSeesWhatItMayDo() throws Exception {
        assertThat(tools(post(LIST, "Authorization", "Bearer " + full)))
                .hasSize(14)
                .contains("generate_image");
        assertThat(tools(post(LIST, "Authorization", "Bearer " + reader)))
                .hasSize(8)
                .doesNotContain("generate_image", "atlas_upload_media");
        String draw =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"generate_image\",\"arguments\":{\"prompt\":\"a fox\"}}}";
        assertThat(post(draw, "Authorization", "Bearer " + reader).body()).contains("this key may only read");
    }

    @Test
    void withoutAKeyItSaysHowToComeInAndNotToLogIn() throws Exception {
        for (String key : List.of("", "Bearer atl_000000000000_0123456789012345678901234567890123456789012")) {
            HttpResponse<String> refused = key.isEmpty() ? post(LIST) : post(LIST, "Authorization", key);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"atelier\"");
        }
        for (String path : List.of(
                "oauth-authorization-server",
                "oauth-protected-resource",
                "oauth-protected-resource/mcp",
                "openid-configuration")) {
            HttpResponse<String> nothing = SERVER.send("GET", "/.well-known/" + path, "");
            assertThat(nothing.statusCode()).isEqualTo(404);
            assertThat(JsonMapper.shared().readTree(nothing.body()).get("code").intValue())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "nonsense"})
    void pagesOfOtherSitesAreKeptOutWithAKeyToo(String origin) throws Exception {
        assertThat(post(LIST, "Authorization", "Bearer " + full, "Origin", origin)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void ownPagesAndThoseOfTheSettingComeIn() throws Exception {
        for (String origin : List.of(SERVER.base().toString(), "https://studio.example")) {
            assertThat(post(LIST, "Authorization", "Bearer " + full, "Origin", origin)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void otherMethodsAndTypesAreRefused() throws Exception {
        SERVER.useToken(full);
        HttpResponse<String> get = SERVER.send("GET", "/mcp", "");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(SERVER.send("DELETE", "/mcp", "").statusCode()).isEqualTo(204);
        assertThat(SERVER.sendWith("POST", "/mcp", LIST, "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void anAgentDrawsLooksEditsAndContinues() {
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        SERVER.base().toString())
                .customizeClient(client -> client.version(HttpClient.Version.HTTP_1_1))
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + full))
                .build();
        try (McpSyncClient agent = McpClient.sync(transport)
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .build()) {
            agent.initialize();
            McpSchema.CallToolResult made = call(
                    agent,
                    "generate_image",
                    Map.of("prompt", "a red barn on a hill", "seed", 7, "steps", 2, "wait_seconds", 100));
            assertThat(made.isError()).as(made.toString()).isFalse();
            McpSchema.ResourceLink link = made.content().stream()
                    .filter(McpSchema.ResourceLink.class::isInstance)
                    .map(McpSchema.ResourceLink.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(agent.readResource(McpSchema.ReadResourceRequest.builder(link.uri())
                                    .build())
                            .contents())
                    .hasSize(1);
            McpSchema.CallToolResult edited = call(
                    agent,
                    "edit_image",
                    Map.of("prompt", "make it night", "images", List.of(link.uri()), "steps", 2, "wait_seconds", 100));
            assertThat(edited.isError()).as(edited.toString()).isFalse();
            McpSchema.CallToolResult four = call(
                    agent,
                    "make_sequence",
                    Map.of(
                            "shots",
                            List.of("a fox wakes", "a fox hunts", "a fox eats", "a fox sleeps"),
                            "steps",
                            2,
                            "wait_seconds",
                            100));
            assertThat(four.content().stream().filter(McpSchema.ResourceLink.class::isInstance))
                    .hasSize(4);
            assertThat(call(agent, "atlas_list_predictions", Map.of("status", "completed"))
                            .isError())
                    .isFalse();
            assertThat(call(
                                    agent,
                                    "atlas_get_model_usage",
                                    Map.of("start_date", "2026-11-01", "end_date", "2026-11-28"))
                            .isError())
                    .isFalse();
        }
    }

    private static McpSchema.CallToolResult call(McpSyncClient agent, String name, Map<String, Object> arguments) {
        return agent.callTool(
                McpSchema.CallToolRequest.builder(name).arguments(arguments).build());
    }

    /** The two ways to one service say the same. */
    @Test
    void inThisProcessAndOverHttpTheServiceIsTheSame() {
        DrawingService here = SERVER.context().getBean(AtlasDrawing.class).of(owner, SERVER.base());
        try (HttpDrawingService there = new HttpDrawingService(SERVER.base(), full)) {
            ObjectNode order = Json.object()
                    .put("model", "seedling-1")
                    .put("prompt", "a green cup")
                    .put("steps", 2)
                    .put("idempotency_key", "one");
            PredictionView made = here.submit(order);

            assertThat(there.submit(order).id()).isEqualTo(made.id());
            assertThat(there.models()).isEqualTo(here.models());
            assertThat(there.fields("seedling-1")).isEqualTo(here.fields("seedling-1"));
            assertThat(there.card("seedling-1")).isEqualTo(here.card("seedling-1"));
            assertThat(there.balance()).isEqualTo(here.balance());
            order.remove("idempotency_key");
            assertThat(there.estimate(order).images())
                    .isEqualTo(here.estimate(order).images());
            SERVER.context()
                    .getBean(dev.atelier.server.prediction.PredictionService.class)
                    .await(made.id(), owner.id(), PATIENCE);
            assertThat(there.get(made.id())).isEqualTo(here.get(made.id()));
            assertThat(there.history(new DrawingService.HistoryFilter(made.id(), "", "", 5, 1)))
                    .isEqualTo(here.history(new DrawingService.HistoryFilter(made.id(), "", "", 5, 1)));
            DrawingService.UsageFilter days = new DrawingService.UsageFilter(
                    false, Map.of("start_date", List.of("2026-11-01"), "end_date", List.of("2026-11-28")));
            assertThat(there.usage(days)).isEqualTo(here.usage(days));
            String name = made.id().isEmpty()
                    ? ""
                    : here.get(made.id()).images().getFirst().url();
            String file = name.substring(name.lastIndexOf('/') + 1);
            assertThat(there.picture(file).content())
                    .isEqualTo(here.picture(file).content());
            String upload =
                    there.upload("cup.png", here.picture(file).content()).downloadUrl();
            assertThat(upload)
                    .isEqualTo(
                            here.upload("cup.png", here.picture(file).content()).downloadUrl());
            for (DrawingService service : List.of(here, there)) {
                assertThat(refusal(() -> service.get("pred_none")).status()).isEqualTo(404);
                assertThat(refusal(() -> service.cancel(made.id())).status()).isEqualTo(409);
                assertThat(refusal(() -> service.submit(Json.object()
                                .put("model", "seedling-1")
                                .put("prompt", "x")
                                .put("steps", 5000))))
                        .hasMessageContaining("steps: 5000 is above");
                assertThat(refusal(() -> service.submit(
                                        Json.object().put("model", "none").put("prompt", "x")))
                                .status())
                        .isEqualTo(404);
            }
        }
        DrawingService other = SERVER.context().getBean(AtlasDrawing.class).of(ApiKey.LOCAL, SERVER.base());
        assertThat(other.history(new DrawingService.HistoryFilter("", "", "", 5, 1))
                        .items())
                .isEmpty();
    }

    private static DrawingException refusal(Runnable call) {
        try {
            call.run();
        } catch (DrawingException e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void skillsAreFoundWhereAgentsLook() throws Exception {
        JsonNode index = SERVER.get("/.well-known/agent-skills/index.json");

        assertThat(index.get("$schema").stringValue())
                .isEqualTo("https://schemas.agentskills.io/discovery/0.2.0/schema.json");
        assertThat(index.get("skills")
                        .valueStream()
                        .map(skill -> skill.get("name").stringValue()))
                .containsExactly("atelier-images", "atelier-operate", "atelier-prompting");
        for (JsonNode skill : index.get("skills")) {
            URI url = URI.create(SERVER.base() + "/.well-known/agent-skills/index.json")
                    .resolve(skill.get("url").stringValue());
            byte[] archive = HTTP.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            assertThat("sha256:"
                            + HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(archive)))
                    .isEqualTo(skill.get("digest").stringValue());
            assertThat(new ZipInputStream(new ByteArrayInputStream(archive))
                            .getNextEntry()
                            .getName())
                    .isEqualTo("SKILL.md");
        }
        assertThat(SERVER.send("GET", "/.well-known/agent-skills/other.zip", "").statusCode())
                .isEqualTo(404);
    }

    /** Every address in the skills is one that the service has, and what is sent there names fields and models that there are. */
    @Test
    void theSkillsNameOnlyWhatThereIs() throws Exception {
        SERVER.useToken(full);
        Set<String> paths = Set.copyOf(SERVER.get("/v3/api-docs").get("paths").propertyNames());
        int bodies = 0;
        try (Stream<Path> files = Files.walk(Path.of("../mcp/src/main/resources/skills"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
                String text = Files.readString(file);
                for (Matcher urls = URL.matcher(text); urls.find(); ) {
                    String path = urls.group(1)
                            .split("\\?")[0]
                            .replace("pred_ID", "{id}")
                            .replace("NAME.png", "{name}");
                    assertThat(paths.contains(path)
                                    || path.matches(
                                            "/mcp|/actuator/health/readiness|/.well-known/agent-skills/index.json|/"))
                            .as(file + ": " + path)
                            .isTrue();
                }
                for (Matcher calls = CURL.matcher(text); calls.find(); ) {
                    String call = calls.group(1);
                    if (call.contains("-d '")) {
                        String body = call.substring(call.indexOf("-d '") + 4, call.lastIndexOf('\''));
                        HttpResponse<String> answer = SERVER.send(
                                "POST",
                                "/api/v1/model/calculate",
                                body.replaceAll("http://localhost:8080/outputs/NAME.png", "https://example.com/a.png"));
                        assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(200);
                        assertThat(answer.body())
                                .as(body)
                                .doesNotContain("not known, so ignored")
                                .doesNotContain("is not in the catalog");
                        bodies++;
                    }
                }
            }
        }
        assertThat(bodies).isGreaterThan(4);
    }
}
