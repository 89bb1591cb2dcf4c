package dev.atelier.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.Answer;
import dev.atelier.api.ErrorBody;
import dev.atelier.api.Estimate;
import dev.atelier.api.History;
import dev.atelier.api.ModelView;
import dev.atelier.api.PredictionPage;
import dev.atelier.api.Submitted;
import dev.atelier.api.images.ImagesAnswer;
import dev.atelier.api.images.ImagesErrorBody;
import dev.atelier.api.images.ModelList;
import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.api.usage.UsageView;
import dev.atelier.server.RunningServer;
import dev.atelier.server.api.Form;
import dev.atelier.server.media.HostileFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every answer of the flows of all surfaces is as the published document says. */
class PublishedAnswersTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String ONE = "/api/v1/model/prediction/";
    private static final String SMALL = "\"prompt\": \"a barn\", \"size\": \"256x256\", \"steps\": 2";
    private static final String SOURCE =
            "data:image/png;base64," + Base64.getEncoder().encodeToString(HostileFiles.picture("png", 96, 64));

    @RegisterExtension
    static final RunningServer server = RunningServer.with();

    private final List<String> faults = new ArrayList<>();
    private PublishedDocument document;

    @BeforeEach
    void read() throws Exception {
        document = new PublishedDocument(server.get("/v3/api-docs"));
    }

    @Test
    void everyAnswerIsAsPublished() throws Exception {
        models();
        predictions();
        allEvents();
        files();
        usage();
        images();
        arena();
        errors();

        assertThat(faults).isEmpty();
        // A vote needs a battle that was made in idle time, a promotion hundreds of votes, a conversation a language
        // model:
        // ArenaTest, PromotionsTest and ChatTest have them.
        assertThat(document.unseen())
                .containsExactlyInAnyOrder(
                        "post /api/v1/arena/battle/{id}/vote",
                        "post /api/v1/arena/promotions",
                        "post /v1/chat/completions",
                        "post /api/v3/chat/completions",
                        "delete /api/v1/arena/promotions");
        assertThat(document.seen())
                .contains(
                        "GET /api/v1/model/prediction/{id}/events progress",
                        "GET /api/v1/model/prediction/{id}/events output",
                        "GET /api/v1/model/prediction/{id}/events done",
                        "GET /api/v1/events submitted",
                        "GET /api/v1/events progress",
                        "GET /api/v1/events output",
                        "GET /api/v1/events done",
                        "GET /api/v1/events deleted",
                        "POST /v1/images/generations image_generation.partial_image",
                        "POST /v1/images/generations image_generation.completed",
                        "POST /v1/images/edits image_edit.completed",
                        "POST /v1/images/edits error",
                        "POST /api/v3/images/generations image_generation.partial_image",
                        "POST /api/v3/images/generations image_generation.partial_succeeded",
                        "POST /api/v3/images/generations image_generation.completed");
    }

    /** What a client in Java gets is what was sent, to the byte. */
    @Test
    void theRecordsReadWhatTheServiceWrites() throws Exception {
        JsonMapper mapper = JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        String order = "{\"model\": \"seedling-1\", \"enable_sync_mode\": true, " + SMALL + "}";
        Map<String, TypeReference<?>> answers = new LinkedHashMap<>();
        answers.put("POST " + GENERATE, new TypeReference<Submitted>() {});
        answers.put("POST /api/v1/model/calculate", new TypeReference<Estimate.Body>() {});
        answers.put("POST /v1/images/generations", new TypeReference<ImagesAnswer>() {});
        answers.put("GET /api/v1/model/predictions", new TypeReference<PredictionPage>() {});
        answers.put("GET /api/v1/model/history", new TypeReference<History>() {});
        answers.put("GET /api/v1/models", new TypeReference<Answer<List<ModelView>>>() {});
        answers.put("GET /v1/models", new TypeReference<ModelList>() {});
        answers.put("GET /api/v1/usage", new TypeReference<Answer<UsageView>>() {});
        answers.put("GET /public/v1/balance", new TypeReference<Balance>() {});
        answers.put("GET /public/v1/model-usage", new TypeReference<DailyUsage>() {});
        answers.put("GET /public/v1/model-costs", new TypeReference<DailyUsage>() {});
        answers.put("GET /api/v1/model/prediction/pred_unknown", new TypeReference<ErrorBody>() {});
        answers.put("GET /v1/models/gpt-5", new TypeReference<ImagesErrorBody>() {});
        for (Map.Entry<String, TypeReference<?>> answer : answers.entrySet()) {
            String[] request = answer.getKey().split(" ");
            String body = server.send(request[0], request[1], order).body();

            assertThat(mapper.writeValueAsString(mapper.readValue(body, answer.getValue())))
                    .as(answer.getKey())
                    .isEqualTo(body);
        }
    }

    @Test
    void webhooksAreDescribed() throws Exception {
        assertThat(server.get("/v3/api-docs")
                        .at("/webhooks/image.task.terminal/post/requestBody/content/application~1json/schema/$ref")
                        .asString(""))
                .isEqualTo("#/components/schemas/TerminalEvent");
    }

    @Test
    void aFieldTooMuchAndOneTooFewAreFaults() throws Exception {
        JsonNode schema = server.get("/v3/api-docs").at("/components/schemas/Deleted");

        assertThat(strict(schema, "{\"id\": \"pred_1\", \"deleted\": true}")).isEmpty();
        assertThat(strict(schema, "{\"id\": \"pred_1\"}"))
                .singleElement()
                .asString()
                .contains("deleted");
        assertThat(strict(schema, "{\"id\": \"pred_1\", \"deleted\": true, \"by\": \"me\"}"))
                .singleElement()
                .asString()
                .contains("by");
        assertThat(strict(schema, "{\"id\": 1, \"deleted\": true}")).hasSize(1);
    }

    private static List<String> strict(JsonNode schema, String body) throws Exception {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.putObject("components").putObject("schemas").set("One", schema);
        return new PublishedDocument(whole)
                .faults("", JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/One"), body);
    }

    private void models() throws Exception {
        JsonNode models = ok("GET", "/api/v1/models/", "").get("data");
        ok("GET", "/api/v1/model/templates", "");
        for (String link : List.of("schema", "readme")) {
            ok("GET", path(models.at("/1/" + link).stringValue()), "");
        }
        for (String surface : List.of("/v1", "/api/v3")) {
            ok("GET", surface + "/models", "");
            ok("GET", surface + "/models/bytedance%2Fseedream-v4.5%2Fedit", "");
        }
    }

    private void predictions() throws Exception {
        String submitted = ok(
                        "POST",
                        GENERATE,
                        "{\"model\": \"bytedance/seedream-v4.5\", \"negative_prompt\": \"fog\", " + SMALL + "}")
                .get("id")
                .stringValue();
        ok("GET", ONE + submitted + "/events", "");
        ok("GET", ONE + submitted + "/?utm_source=x", "");
        JsonNode whole = made("""
                {"model": "seedling-1", "input": {"prompt": "two panels of a fox: at dawn, at night", "size": "256x256", "steps": 1,
                 "guidance_scale": 1.5, "watermark": true, "enable_prompt_expansion": false},
                 "enable_sync_mode": true, "enable_base64_output": true, "max_images": 2}""");
        assertThat(whole.at("/outputs/0").asString("")).startsWith("data:image/png");
        ok("POST", GENERATE, """
                {"model": "bytedance/seedream-v4.5/edit", "prompt": "make it night", "image": "%s", "mask": "%s", "strength": 0.5,
                 "steps": 2, "enable_sync_mode": true}""".formatted(SOURCE, SOURCE));
        ok("POST", GENERATE, """
                {"model": "bytedance/seedream-v4.5/edit", "prompt": "make it night", "image": "http://pictures.invalid/a.png",
                 "enable_sync_mode": true}""");
        String canceled = ok("POST", GENERATE, """
                {"model": "seedling-1", "prompt": "a barn", "size": "1K", "aspect_ratio": "4:3", "steps": 50, "n": 15}""").get("id").stringValue();
        ok("POST", ONE + canceled + "/cancel", "");
        ok("GET", ONE + canceled, "");
        ok("DELETE", ONE + submitted, "");
        JsonNode page = ok("GET", "/api/v1/model/predictions?limit=1", "");
        ok("GET", "/api/v1/model/predictions?cursor=" + page.get("next_cursor").stringValue(), "");
        ok("GET", "/api/v1/model/history?size=3", "");
        ok("POST", "/api/v1/model/calculate", "{\"model\": \"seedling-1\", " + SMALL + "}");
        ok("POST", "/api/v1/model/calculate", """
                {"model": "seedling-1", "prompt": "make it night", "image": "%s", "strength": 0.5}""".formatted(SOURCE));
    }

    /** The stream has no end, so it is read until what was ordered has come, ended and gone. */
    private void allEvents() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.base() + "/api/v1/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            Iterator<String> lines = answer.body().iterator();
            StringBuilder heard = new StringBuilder(lines.next()).append('\n');
            String id = ok("POST", GENERATE, "{\"model\": \"seedling-1\", " + SMALL + "}")
                    .get("id")
                    .stringValue();
            ok("GET", ONE + id + "/events", "");
            ok("DELETE", ONE + id, "");
            readTo(lines, heard, "event:deleted");
            http.shutdownNow();
            faults.addAll(document.faultsOfEvents("GET", "/api/v1/events", heard.toString()));
        }
    }

    private static void readTo(Iterator<String> lines, StringBuilder heard, String event) {
        boolean found = false;
        while (!(found && heard.toString().endsWith("\n\n"))) {
            String line = lines.next();
            heard.append(line).append('\n');
            found |= line.equals(event);
        }
    }

    private void files() throws Exception {
        HttpResponse<String> uploaded = Form.send(
                server, "/api/v1/model/uploadMedia", Form.part("file", "a.png", HostileFiles.picture("png", 9, 9)));
        JsonNode upload = checked("POST", "/api/v1/model/uploadMedia", uploaded);
        ok("GET", path(upload.at("/data/download_url").stringValue()), "");
        checked(
                "POST",
                "/api/v1/provenance/verify",
                Form.send(
                        server,
                        "/api/v1/provenance/verify",
                        Form.part("file", "a.png", HostileFiles.picture("png", 9, 9))));
        JsonNode made = made("{\"model\": \"seedling-1\", " + SMALL + "}");
        ok("GET", path(made.at("/outputs/0").stringValue()), "");
    }

    private void usage() throws Exception {
        ok("GET", "/api/v1/usage", "");
        ok("GET", "/public/v1/balance", "");
        ok(
                "GET",
                "/public/v1/model-usage?group_by[]=model&group_by[]=model_type&group_by[]=api_key"
                        .replace("[]", "%5B%5D"),
                "");
        JsonNode page = ok("GET", "/api/v1/public/v1/model-usage?limit=1&group_by=model", "");
        assertThat(page.get("has_more").booleanValue()).isTrue();
        ok("GET", "/public/v1/model-costs?group_by=model", "");
        ok("GET", "/api/v1/webhooks/jwks.json", "");
    }

    private void arena() throws Exception {
        ok("POST", "/api/v1/arena/contenders", "{\"model\": \"seedling-1\", \"steps\": 2}");
        ok("GET", "/api/v1/arena/contenders", "");
        ok("DELETE", "/api/v1/arena/contenders?name=seedling-1%2Bsteps2", "");
        String prompt = ok("POST", "/api/v1/arena/prompts", "{\"text\": \"a barn\", \"category\": \"film\"}")
                .at("/data/id")
                .stringValue();
        ok("GET", "/api/v1/arena/prompts", "");
        ok("DELETE", "/api/v1/arena/prompts/" + prompt, "");
        ok("GET", "/api/v1/arena/battle", "");
        ok("GET", "/api/v1/arena/leaderboard", "");
        ok("GET", "/api/v1/arena/promotions", "");
        ok("GET", "/api/v1/arena/votes.jsonl", "");
        refused(404, "POST", "/api/v1/arena/battle/battle_0/vote", "{\"token\": \"x\", \"choice\": \"left\"}");
        refused(404, "DELETE", "/api/v1/arena/promotions?alias=gpt-image-1", "");
    }

    private void images() throws Exception {
        for (String surface : List.of("/v1", "/api/v3")) {
            ok("POST", surface + "/images/generations", "{" + SMALL + ", \"quality\": \"high\"}");
            ok(
                    "POST",
                    surface + "/images/generations",
                    "{" + SMALL + ", \"n\": 2, \"stream\": true, \"partial_images\": 2}");
            ok(
                    "POST",
                    surface + "/images/edits",
                    "{" + SMALL + ", \"images\": [{\"image_url\": \"" + SOURCE + "\"}], \"stream\": true}");
            ok(
                    "POST",
                    surface + "/images/edits",
                    "{\"prompt\": \"x\", \"image\": \"http://pictures.invalid/a.png\", \"stream\": true}");
            checked(
                    "POST",
                    surface + "/images/edits",
                    Form.send(
                            server,
                            surface + "/images/edits",
                            Form.part("prompt", "", "make it night".getBytes(UTF_8)),
                            Form.part("size", "", "256x256".getBytes(UTF_8)),
                            Form.part("image[]", "a.png", HostileFiles.picture("png", 64, 64))));
            ok("POST", surface + "/images/variations", "{\"size\": \"256x256\", \"image\": \"" + SOURCE + "\"}");
        }
    }

    private void errors() throws Exception {
        refused(400, "POST", GENERATE, "{\"model\": \"seedling-1\", \"prompt\": \"x\", \"size\": \"10x10\"}");
        refused(404, "POST", GENERATE, "{\"model\": \"nothing\", \"prompt\": \"x\"}");
        refused(400, "POST", GENERATE, "{");
        refused(404, "GET", ONE + "pred_unknown", "");
        refused(400, "GET", "/api/v1/model/predictions?limit=many", "");
        refused(400, "GET", "/public/v1/model-usage?start_date=yesterday", "");
        refused(415, "POST", "/api/v1/model/uploadMedia", "{}");
        refused(404, "GET", "/api/v1/models/schema?model=nothing", "");
        refused(400, "GET", "/api/v1/models/schema", "");
        refused(404, "GET", "/outputs/nothing.png", "");
        for (String surface : List.of("/v1", "/api/v3")) {
            refused(400, "POST", surface + "/images/generations", "{\"prompt\": \"x\", \"size\": \"10x10\"}");
            refused(400, "POST", surface + "/images/variations", "{}");
            refused(
                    422,
                    "POST",
                    surface + "/images/edits",
                    "{\"prompt\": \"x\", \"image\": \"http://pictures.invalid/a.png\"}");
            refused(404, "GET", surface + "/models/gpt-5", "");
        }
    }

    /** The prediction once it has ended. */
    private JsonNode made(String body) throws Exception {
        String id = ok("POST", GENERATE, body).get("id").stringValue();
        ok("GET", ONE + id + "/events", "");
        return ok("GET", ONE + id, "").get("data");
    }

    private JsonNode ok(String method, String path, String body) throws Exception {
        return checked(method, path, server.send(method, path, body));
    }

    private void refused(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = server.send(method, path, body);
        assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(status);
        faults.addAll(document.faults(method, path, answer));
    }

    private JsonNode checked(String method, String path, HttpResponse<String> answer) {
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(200);
        faults.addAll(document.faults(method, path, answer));
        boolean json = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        return json
                ? JsonMapper.shared().readTree(answer.body())
                : JsonMapper.shared().createObjectNode();
    }

    private static String path(String url) {
        return url.replace(server.base().toString(), "");
    }
}
