package dev.atelier.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a person finds in a browser: the page that makes pictures, and the description of the API. */
class BrowserPagesTest {
    @TempDir
    static Path data;

    private static RunningServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, "--atelier.worker.enabled=false");
        document = server.get("/v3/api-docs");
    }

    @AfterAll
    static void stop() {
        server.close();
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

    @Test
    void everyFieldHasALabelAndEverythingThatTheScriptUsesIsThere() throws Exception {
        String page = server.send("GET", "/index.html", "").body();
        String script = server.send("GET", "/studio.js", "").body();
        Set<String> ids = found(" id=\"([\\w-]+)\"", page);

        assertThat(ids).containsAll(found("\\$\\(\"([\\w-]+)\"\\)", script)).hasSizeGreaterThan(15);
        assertThat(found("<(?:input|select|textarea) id=\"([\\w-]+)\"", page))
                .isEqualTo(found("<label for=\"([\\w-]+)\"", page));
        assertThat(found(" class=\"([\\w ]+)\"", page).stream()
                        .flatMap(classes -> List.of(classes.split(" ")).stream())
                        .toList())
                .containsAll(found("\"\\.([\\w-]+)\"", script));
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndWritesNoMarkup() throws Exception {
        for (String part : List.of("/index.html", "/studio.css", "/studio.js", "/studio-api.js")) {
            assertThat(server.send("GET", part, "").body())
                    .as(part)
                    .doesNotContain("http://", "https://")
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }

    @Test
    void thePageCallsWhatTheApiHas() throws Exception {
        Set<String> called = found(
                "[\"`](api/v1/[\\w/]+)[\"`?/]",
                server.send("GET", "/studio.js", "").body());

        assertThat(called).hasSizeGreaterThan(3);
        assertThat(document.get("paths").propertyNames())
                .containsAll(called.stream()
                        .map(path -> "/" + path)
                        .map(path -> path.endsWith("/prediction") ? path + "/{id}" : path)
                        .toList());
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
