package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Templates over HTTP: their list, orders that use them, and what is kept of such an order. */
class TemplatesTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String SMALL = "\"size\": \"256*256\", \"steps\": 1, \"seed\": 5, \"enable_sync_mode\": true";

    @RegisterExtension
    static final RunningServer server = RunningServer.with();

    @Test
    void everyTemplateIsListedWithItsSlots() throws Exception {
        JsonNode templates = server.get("/api/v1/model/templates").get("data");

        assertThat(templates.size()).isGreaterThanOrEqualTo(24);
        JsonNode packshot = templates.get(0);
        assertThat(packshot.get("template").stringValue()).isEqualTo("shop/packshot");
        assertThat(packshot.get("version").intValue()).isEqualTo(1);
        assertThat(packshot.at("/industry/zh").stringValue()).isEqualTo("电商");
        assertThat(packshot.at("/slots/0").toString())
                .isEqualTo(
                        "{\"name\":\"product\",\"type\":\"text\",\"title\":{\"en\":\"Product\",\"zh\":\"商品\"},\"required\":true,"
                                + "\"example\":{\"en\":\"red mug\",\"zh\":\"红色杯子\"},\"max_length\":80}");
        assertThat(packshot.at("/slots/1/choices").toString()).isEqualTo("[\"white\",\"wood\",\"stone\",\"colour\"]");
        assertThat(packshot.at("/slots/1/default/en").stringValue()).isEqualTo("white");
        assertThat(packshot.at("/example/en").stringValue()).startsWith("A product photograph of a red mug,");
    }

    @Test
    void anOrderMayUseOneAndItsInputMakesTheSameAgain() throws Exception {
        JsonNode made = server.post(GENERATE, """
            {"model": "seedling-1", "template": "shop/packshot", "slots": {"product": "red mug, 15 images", "surface": "wood"}, %s}\
            """.formatted(SMALL));

        assertThat(made.at("/data/outputs")).as(made.toString()).hasSize(1);
        assertThat(made.at("/data/revised_prompt").stringValue())
                .isEqualTo("a red mug, 15 images, on a wooden table, studio light");
        assertThat(made.at("/data/reasons/0").stringValue())
                .isEqualTo("planned by template shop/packshot@1 in English");
        JsonNode input = server.get("/api/v1/model/prediction/" + made.get("id").stringValue())
                .at("/data/input");
        assertThat(input.get("template").stringValue()).isEqualTo("shop/packshot@1");
        assertThat(input.get("slots").toString())
                .isEqualTo("{\"product\":\"red mug, 15 images\",\"surface\":\"wood\"}");

        JsonNode again = server.post(GENERATE, "{\"enable_sync_mode\": true, \"input\": " + input + "}");
        assertThat(again.at("/data/warnings")).as(again.toString()).isEqualTo(made.at("/data/warnings"));
        assertThat(server.picture(again.at("/data/outputs/0").stringValue()).toBytes())
                .isEqualTo(
                        server.picture(made.at("/data/outputs/0").stringValue()).toBytes());
    }

    @Test
    void aSeriesIsASequence() throws Exception {
        JsonNode made = server.post(GENERATE, """
            {"model": "seedling-1", "template": "teaching/steps", "slots": {"subject": "湖边的房子", "shots": 2}, %s}\
            """.formatted(SMALL));

        assertThat(made.at("/data/outputs")).as(made.toString()).hasSize(2);
        assertThat(made.at("/data/reasons/0").stringValue())
                .isEqualTo("planned by template teaching/steps@1 in Chinese");
    }

    @Test
    void theImagesSurfaceTakesThemToo() throws Exception {
        HttpResponse<String> answer = server.send("POST", "/v1/images/generations", """
            {"template": "games/items", "slots": {"item": "vase", "shots": 2}, "size": "256x256", "steps": 1}\
            """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.body()).get("data")).hasSize(2);
    }

    @Test
    void whatDoesNotFitIsRefusedInTheSurfacesForm() throws Exception {
        HttpResponse<String> atlas = server.send(
                "POST",
                GENERATE,
                "{\"model\": \"seedling-1\", \"template\": \"shop/packshot\", \"slots\": {\"light\": \"soft\"}}");
        HttpResponse<String> openai = server.send(
                "POST",
                "/v1/images/generations",
                "{\"template\": \"shop/packshot\", \"slots\": {\"light\": \"soft\"}}");

        assertThat(atlas.statusCode()).isEqualTo(400);
        assertThat(atlas.body()).contains("slots.product: is missing; 1 to 80 characters are needed");
        assertThat(openai.statusCode()).isEqualTo(400);
        assertThat(openai.body()).contains("\"param\":\"slots.product\"");
    }
}
