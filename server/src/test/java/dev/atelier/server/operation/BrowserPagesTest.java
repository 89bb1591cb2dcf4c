package dev.atelier.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a person finds in a browser: the page that makes pictures, and the description of the API. */
class BrowserPagesTest {
    @RegisterExtension
    static final RunningServer server = RunningServer.with("--atelier.worker.enabled=false");

    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        document = server.get("/v3/api-docs");
    }

    @Test
    void thePageIsTheServicesFrontDoor() throws Exception {
        HttpResponse<String> page = server.sendWith("GET", "/", "", "Accept", "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.body())
                .contains("<html lang=\"en\">", "script-src 'self'")
                .doesNotContain("<style", " style=", " onclick=");
        for (String part : found("(?:src|href)=\"([\\w./-]+)\"", page.body())) {
            assertThat(server.send("GET", "/" + part, "").statusCode()).as(part).isIn(200, 302, 503);
        }
    }

    /** The page's script and every module that it imports, by path. */
    private static Map<String, String> scripts() throws Exception {
        Map<String, String> scripts = new LinkedHashMap<>();
        List<String> toRead = new ArrayList<>(List.of("/studio.js"));
        while (!toRead.isEmpty()) {
            String path = toRead.removeFirst();
            HttpResponse<String> script = server.send("GET", path, "");
            assertThat(script.statusCode()).as(path).isEqualTo(200);
            assertThat(script.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/javascript");
            scripts.put(path, script.body());
            for (String imported : found("from \"(\\./[\\w./-]+)\"", script.body())) {
                String resolved = URI.create(path).resolve(imported).toString();
                if (!scripts.containsKey(resolved) && !toRead.contains(resolved)) {
                    toRead.add(resolved);
                }
            }
        }
        return scripts;
    }

    @Test
    void everyFieldHasALabelAndEverythingThatTheScriptUsesIsThere() throws Exception {
        String page = server.send("GET", "/index.html", "").body();
        String script = String.join("\n", scripts().values());
        Set<String> ids = found(" id=\"([\\w-]+)\"", page);

        assertThat(ids).containsAll(found("\\$\\(\"([\\w-]+)\"\\)", script)).hasSizeGreaterThan(15);
        assertThat(found("<(?:input|select|textarea) id=\"([\\w-]+)\"", page))
                .isEqualTo(found("<label for=\"([\\w-]+)\"", page));
        assertThat(ids).containsAll(found(" aria-(?:describedby|labelledby|controls)=\"([\\w-]+)\"", page));
        assertThat(found(" class=\"([\\w ]+)\"", page).stream()
                        .flatMap(classes -> List.of(classes.split(" ")).stream())
                        .toList())
                .containsAll(found("\"\\.([\\w-]+)\"", script));
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndWritesNoMarkup() throws Exception {
        Map<String, String> parts = new LinkedHashMap<>(scripts());
        for (String part : List.of("/index.html", "/studio.css")) {
            parts.put(part, server.send("GET", part, "").body());
        }
        parts.forEach((part, text) -> assertThat(text)
                .as(part)
                .doesNotContain("http://", "https://")
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval("));
    }

    @Test
    void modulesAreSmallAndFetchedAtOnce() throws Exception {
        Map<String, String> scripts = scripts();
        String page = server.send("GET", "/index.html", "").body();

        assertThat(found("rel=\"modulepreload\" href=\"([\\w./-]+)\"", page).stream()
                        .map(path -> "/" + path)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(scripts.keySet().stream()
                        .filter(path -> !path.equals("/studio.js"))
                        .toList());
        scripts.forEach(
                (path, text) -> assertThat(text.lines().count()).as(path).isLessThan(250));
    }

    @Test
    void thePageHasNoBoundsOfItsOwn() throws Exception {
        String page = server.send("GET", "/index.html", "").body();

        assertThat(found("<(?:input|textarea)[^>]* ((?:min|max|maxlength)=\"[^\"]*\")", page))
                .isEmpty();
    }

    @Test
    void browsersKeepThePageAndAskWhetherItChanged() throws Exception {
        for (String path : List.of("/", "/studio.js", "/studio.css", "/studio/card.js")) {
            HttpResponse<String> first = server.sendWith("GET", path, "", "Accept", "*/*");
            String tag = first.headers().firstValue("ETag").orElseThrow();

            assertThat(first.headers().firstValue("Cache-Control")).as(path).hasValue("no-cache");
            assertThat(tag).as(path).matches("W/\"[0-9a-f]{32}\"");
            HttpResponse<String> again = server.sendWith("GET", path, "", "If-None-Match", tag);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).as(path).isEmpty();
        }
        assertThat(server.send("GET", "/api/v1/models", "")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElseThrow())
                .contains("no-store");
    }

    @Test
    void thePageComesCompressedAndAnswersDoNot() throws Exception {
        for (String path : List.of("/", "/studio.css", "/studio.js", "/swagger-ui/swagger-ui.css")) {
            HttpResponse<String> file = server.sendWith("GET", path, "", "Accept-Encoding", "gzip");
            assertThat(file.headers().firstValue("Content-Encoding")).as(path).hasValue("gzip");
        }
        HttpResponse<String> answer = server.sendWith("GET", "/api/v1/models", "", "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void thePageCallsWhatTheApiHas() throws Exception {
        Set<String> called = found(
                "[\"`](api/v1/[\\w/]+)[\"`?/]", String.join("\n", scripts().values()));

        assertThat(called).hasSizeGreaterThan(6);
        assertThat(document.get("paths").propertyNames())
                .containsAll(called.stream()
                        .map(path -> "/" + path)
                        .map(path -> path.endsWith("/prediction") ? path + "/{id}" : path)
                        .toList());
    }

    @Test
    void whatPeopleBeginWithComesFirst() {
        List<String> predictions = document.get("paths").properties().stream()
                .filter(path -> path.getValue().properties().stream()
                        .anyMatch(operation ->
                                operation.getValue().at("/tags/0").asString("").equals("Predictions")))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(predictions).startsWith("/api/v1/model/generateImage", "/api/v1/model/prediction/{id}");
    }

    @Test
    void answersAreTyped() throws Exception {
        assertThat(document.at(
                                "/paths/~1api~1v1~1model~1generateImage/post/responses/200/content/application~1json/schema/properties/data/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/Prediction");
        assertThat(document.at("/paths/~1api~1v1~1events/get/responses/200/content/text~1event-stream/schema/type")
                        .stringValue())
                .isEqualTo("string");
        assertThat(document.at("/components/schemas").propertyNames()).doesNotContain("SseEmitter");

        JsonNode order = server.post(
                "/api/v1/model/generateImage", "{\"model\": \"seedling-1\", \"prompt\": \"a barn\", \"steps\": 2}");
        assertDescribed(order.get("data"), "Prediction");
        assertDescribed(order.at("/data/input"), "Input");
        assertDescribed(
                server.post("/api/v1/model/calculate", "{\"model\": \"seedling-1\", \"prompt\": \"a barn\"}")
                        .get("data"),
                "Estimate");
        assertDescribed(server.get("/api/v1/models").at("/data/0"), "Model");
    }

    private static void assertDescribed(JsonNode answer, String schema) {
        assertThat(document.at("/components/schemas/" + schema + "/properties").propertyNames())
                .as(schema)
                .containsAll(answer.propertyNames());
    }

    @Test
    void anEstimateTellsTheTrueSize() throws Exception {
        JsonNode wide = server.post(
                        "/api/v1/model/calculate",
                        "{\"model\": \"seedling-1\", \"prompt\": \"a barn\", \"size\": \"16:9\"}")
                .get("data");

        assertThat(wide.get("width").intValue())
                .isGreaterThan(wide.get("height").intValue());
        assertThat(wide.get("width").intValue() % 64).isZero();
    }

    @Test
    void anEmptyPromptIsSaidInWords() throws Exception {
        assertThat(server.post("/api/v1/model/generateImage", "{\"model\": \"seedling-1\", \"prompt\": \"\"}")
                        .get("message")
                        .stringValue())
                .isEqualTo("prompt: is empty; 1 to 4,000 characters are needed");
    }

    @Test
    void everyOperationIsDescribed() {
        Set<String> tags = document.get("tags")
                .valueStream()
                .map(t -> t.get("name").stringValue())
                .collect(Collectors.toSet());
        document.get("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    String name = method + " " + path;
                    assertThat(path).doesNotEndWith("/");
                    assertThat(operation.path("summary").asString("")).as(name).isNotBlank();
                    assertThat(operation.get("tags").valueStream().map(JsonNode::stringValue))
                            .as(name)
                            .isSubsetOf(tags);
                    assertThat(operation
                                    .at("/responses/4XX/content/application~1json/example")
                                    .isObject())
                            .as(name)
                            .isTrue();
                    if (method.equals("post") && !path.endsWith("/cancel")) {
                        assertThat(operation.get("requestBody").get("content").valueStream())
                                .as(name)
                                .allSatisfy(type -> assertThat(
                                                type.at("/schema/properties").isEmpty())
                                        .isFalse());
                    }
                }));
        assertThat(document.get("paths").propertyNames()).hasSizeGreaterThan(20);
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
