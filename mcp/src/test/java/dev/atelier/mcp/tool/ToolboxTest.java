package dev.atelier.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atelier.mcp.FakeDrawing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the tools are, and what they answer. */
class ToolboxTest {
    private static final List<String> READING = List.of(
            "atlas_list_models",
            "atlas_search_docs",
            "atlas_get_model_info",
            "atlas_get_prediction",
            "atlas_list_predictions",
            "atlas_get_balance",
            "atlas_get_model_usage",
            "atlas_get_model_costs");

    private final FakeDrawing service = new FakeDrawing();
    private final Toolbox tools = new Toolbox();
    private final Caller local = new Caller(service, true, true);
    private final List<ToolCall.Step> steps = new ArrayList<>();

    @TempDir
    private Path folder;

    private ToolAnswer call(String name, String arguments) {
        return call(local, name, arguments);
    }

    private ToolAnswer call(Caller caller, String name, String arguments) {
        ObjectNode given = (ObjectNode) Json.MAPPER.readTree(arguments.replace('\'', '"'));
        ToolAnswer answer = tools.call(
                tools.find(name).orElseThrow(), new ToolCall(caller, given, steps::add, new CompletableFuture<>()));
        if (!answer.failed()) {
            JsonNode schema = published(name, caller).get("outputSchema");
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(answer.structured()))
                    .as(answer.structured().toString())
                    .isEmpty();
        }
        return answer;
    }

    private JsonNode published(String name, Caller caller) {
        return tools.list(caller)
                .valueStream()
                .filter(tool -> tool.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(ArrayNode list) {
        return list.valueStream().map(tool -> tool.get("name").stringValue()).toList();
    }

    @Test
    void everyToolIsStrictAndInItsPlace() {
        ArrayNode list = tools.list(local);

        assertThat(names(list))
                .containsExactly(
                        "generate_image",
                        "edit_image",
                        "make_sequence",
                        "atlas_list_models",
                        "atlas_search_docs",
                        "atlas_get_model_info",
                        "atlas_generate_image",
                        "atlas_quick_generate",
                        "atlas_get_prediction",
                        "atlas_list_predictions",
                        "atlas_upload_media",
                        "atlas_get_balance",
                        "atlas_get_model_usage",
                        "atlas_get_model_costs");
        list.forEach(tool -> {
            assertThat(tool.at("/inputSchema/type").stringValue()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").booleanValue())
                    .isFalse();
            assertThat(tool.at("/outputSchema/type").stringValue()).isEqualTo("object");
            assertThat(tool.get("description").stringValue()).hasSizeBetween(20, 1024);
            assertThat(tool.toString()).doesNotContain("x-local").doesNotContain("x-models");
            // Some clients refuse these at the top of a schema.
            assertThat(tool.get("inputSchema").propertyNames()).doesNotContain("anyOf", "oneOf", "allOf");
        });
        assertThat(published("generate_image", local)
                        .at("/inputSchema/properties/model/enum")
                        .toString())
                .isEqualTo("[\"seedling-1\",\"bytedance/seedream-v4.5\",\"bytedance/seedream-v4.5/edit\"]");
    }

    @Test
    void aKeyThatMayOnlyReadSeesAndCallsWhatReads() {
        Caller reader = new Caller(service, false, false);

        assertThat(names(tools.list(reader))).containsExactlyElementsOf(READING);
        ToolAnswer answer = call(reader, "generate_image", "{'prompt': 'a fox'}");
        assertThat(answer.failed()).isTrue();
        assertThat(answer.text()).contains("scope generate");
        assertThat(service.orders).isEmpty();
        assertThat(call(reader, "atlas_list_models", "{}").failed()).isFalse();
    }

    @Test
    void aPictureComesWithWordsDataALinkAndAPreview() {
        ToolAnswer answer = call("generate_image", "{'prompt': 'a red kettle', 'aspect_ratio': '3:2', 'seed': 7}");

        assertThat(answer.text())
                .contains("- **Prediction ID**: `pred_00000000000000000000000001`")
                .contains("1. [image] http://localhost:8080/outputs/pred_00000000000000000000000001-0.png")
                .contains("kettle: not known");
        assertThat(answer.structured().get("status").stringValue()).isEqualTo("completed");
        assertThat(answer.links())
                .extracting(ToolAnswer.Link::uri)
                .containsExactly("atelier://outputs/pred_00000000000000000000000001-0.png");
        assertThat(answer.preview()).startsWith(0xff, 0xd8).hasSizeLessThan(Preview.MOST_BYTES);
        assertThat(service.orders.getFirst().toString())
                .isEqualTo("{\"aspect_ratio\":\"3:2\",\"seed\":7,\"model\":\"seedling-1\",\"prompt\":\"a red kettle\","
                        + "\"sequential_image_generation\":\"disabled\",\"n\":1}");
        assertThat(steps).isEmpty();
    }

    @Test
    void anEditStartsFromEarlierPictures() {
        call("generate_image", "{'prompt': 'a fox'}");

        ToolAnswer answer = call(
                "edit_image",
                "{'prompt': 'make it night', 'images': ['atelier://outputs/pred_00000000000000000000000001-0.png',"
                        + " 'https://example.com/b.png'], 'strength': 0.6}");

        assertThat(answer.failed()).isFalse();
        assertThat(service.orders.getLast().get("images").toString())
                .isEqualTo("[\"media:pred_00000000000000000000000001-0.png\",\"https://example.com/b.png\"]");
        assertThat(service.orders.getLast().get("strength").doubleValue()).isEqualTo(0.6);
    }

    @Test
    void aSequenceIsAStoryboardAndItsPreviewIsOneSheet() {
        ToolAnswer answer = call(
                "make_sequence",
                "{'shots': ['a fox wakes up.', 'the fox hunts', 'it eats', 'it sleeps'], 'prompt': 'watercolor'}");

        assertThat(service.orders.getLast().get("prompt").stringValue())
                .isEqualTo(
                        "Storyboard: 1. a fox wakes up, watercolor. 2. the fox hunts, watercolor. 3. it eats, watercolor."
                                + " 4. it sleeps, watercolor.");
        assertThat(service.orders.getLast().get("sequential_image_generation").stringValue())
                .isEqualTo("auto");
        assertThat(answer.links()).hasSize(4);
        assertThat(answer.structured().get("images")).hasSize(4);
        assertThat(answer.preview()).startsWith(0xff, 0xd8);
    }

    @Test
    void aCountIsPutIntoWordsThatLackIt() {
        call("make_sequence", "{'prompt': 'a fox', 'count': 4}");

        assertThat(service.orders.getLast().get("prompt").stringValue()).isEqualTo("4 pictures of a fox");
        assertThat(call("make_sequence", "{'count': 4}").text()).contains("shots: missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate_image|{}|- prompt: missing",
                "generate_image|{'prompt': 'a fox', 'colour': 'red'}|- colour: not a parameter of this tool",
                "generate_image|{'prompt': 'a fox', 'n': 'four'}|is not of type integer",
                "generate_image|{'prompt': 'a fox', 'n': 16}|is above 15, the most allowed",
                "generate_image|{'prompt': 'a fox', 'aspect_ratio': '5:1'}|is none of 1:1, 3:2",
                "edit_image|{'prompt': 'night', 'images': []}|- images: 0 entries is below 1, the least allowed",
                "edit_image|{'prompt': 'night', 'images': ['a', 5]}|is not of type string",
                "atlas_quick_generate|{'model_keyword': 'x', 'type': 'Image', 'prompt': 'a fox', 'image_url': 5}|is not of type string or array of strings",
                "atlas_quick_generate|{'model_keyword': 'seedream', 'type': 'Video', 'prompt': 'a fox'}|type: ",
                "atlas_get_model_usage|{'start_date': 'today', 'end_date': '2026-11-28'}|has not the form that is needed"
            })
    void whatIsRefusedComesBackWithAllThatIsAllowed(String name, String arguments, String fault) {
        ToolAnswer answer = call(name, arguments);

        assertThat(answer.failed()).isTrue();
        assertThat(answer.text())
                .startsWith("Parameter validation failed for " + name)
                .contains(fault)
                .contains("Allowed parameters:");
        published(name, local)
                .at("/inputSchema/properties")
                .propertyNames()
                .forEach(field -> assertThat(answer.text()).contains("- `" + field + "` ("));
        assertThat(service.orders).isEmpty();
    }

    @Test
    void whatTheServiceRefusesComesBackWithAllThatIsAllowedToo() {
        ToolAnswer answer =
                call("atlas_generate_image", "{'model': 'seedling-1', 'params': {'prompt': 'a fox', 'size': '10*10'}}");

        assertThat(answer.failed()).isTrue();
        assertThat(answer.text())
                .contains("not submitted")
                .contains("- size: 10*10 is 100 pixels; at least 65,536 are needed")
                .contains("- `max_images` (integer, 1 to 15)")
                .contains("- `size` (string): WIDTH*HEIGHT.");
        assertThat(call(
                                "atlas_generate_image",
                                "{'model': 'seedling-1', 'params': {'prompt': 'a fox', 'colour': 'red'}}")
                        .text())
                .contains("- colour: not a parameter of this model")
                .contains("- `prompt` (string, required, 1 to 4000 characters)");
        assertThat(call("atlas_generate_image", "{'model': 'nothing', 'params': {}}")
                        .text())
                .contains("'nothing' is not in the catalog; there are seedling-1");
    }

    @Test
    void ordersAnswerAtOnceAndAreFoundByTheirIds() {
        ToolAnswer submitted = call(
                "atlas_quick_generate",
                "{'model_keyword': 'seedream edit', 'type': 'Image', 'prompt': 'night', 'image_url': 'https://example.com/a.png'}");
        String id = submitted.structured().get("prediction_id").stringValue();

        assertThat(submitted.text()).contains("- **Prediction ID**: `" + id + "`");
        assertThat(service.orders.getFirst().get("model").stringValue()).isEqualTo("bytedance/seedream-v4.5/edit");
        assertThat(call("atlas_get_prediction", "{'prediction_id': '" + id + "'}")
                        .preview())
                .isNotNull();
        assertThat(call("atlas_list_predictions", "{'limit': 5}")
                        .structured()
                        .at("/predictions/0/prediction_id")
                        .stringValue())
                .isEqualTo(id);
        assertThat(call("atlas_get_prediction", "{'prediction_id': 'pred_other'}")
                        .text())
                .contains("there is none with this id");
    }

    @Test
    void aDryRunOrdersNothing() {
        ToolAnswer answer =
                call("atlas_generate_image", "{'model': 'seedling-1', 'params': {'prompt': 'a fox'}, 'dry_run': true}");

        assertThat(answer.text()).contains("# Dry Run").contains("\"prompt\" : \"a fox\"");
        assertThat(answer.structured().get("images").intValue()).isEqualTo(1);
        assertThat(service.orders).isEmpty();
    }

    @Test
    void aFailedPictureIsAnErrorThatSaysWhy() {
        ToolAnswer answer = call("generate_image", "{'prompt': 'fail'}");

        assertThat(answer.failed()).isTrue();
        assertThat(answer.text()).contains("## Error [engine]\nthe model could not");
    }

    @Test
    void whoeverWaitsLongEnoughGetsTheIdAndTheRestLater() {
        ToolAnswer answer = call("generate_image", "{'prompt': 'wait', 'wait_seconds': 0}");

        assertThat(answer.failed()).isFalse();
        assertThat(answer.text()).contains("Still being made (0 %)").contains("atlas_get_prediction");
        assertThat(answer.structured().get("status").stringValue()).isEqualTo("starting");
        assertThat(answer.preview()).isNull();
        assertThat(steps).extracting(ToolCall.Step::words).containsExactly("waiting, place 1 of 1, 3 s left");
    }

    @Test
    void aStoppedCallCancelsWhatItOrdered() {
        CompletableFuture<ToolCall.Stop> stop = CompletableFuture.completedFuture(ToolCall.Stop.CANCEL);
        ObjectNode arguments = Json.object().put("prompt", "wait");

        ToolAnswer answer = tools.call(
                tools.find("generate_image").orElseThrow(), new ToolCall(local, arguments, steps::add, stop));

        assertThat(answer.structured().get("status").stringValue()).isEqualTo("canceled");
    }

    @Test
    void filesAreReadForCallersOnThisMachineOnly() throws Exception {
        byte[] png = FakeDrawing.png(8, 8, 1);
        Path file = Files.write(folder.resolve("fox.png"), png);
        Caller elsewhere = new Caller(service, true, false);
        String path = Json.object().put("file_path", file.toString()).toString();

        assertThat(call(local, "atlas_upload_media", path)
                        .structured()
                        .get("filename")
                        .stringValue())
                .isEqualTo("fox.png");
        assertThat(service.uploaded).isEqualTo(png);
        service.uploaded = null;
        assertThat(call(elsewhere, "atlas_upload_media", path).text()).contains("known over stdio only");
        assertThat(service.uploaded).isNull();
        assertThat(published("atlas_upload_media", elsewhere)
                        .at("/inputSchema/properties")
                        .has("file_path"))
                .isFalse();
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        call(elsewhere, "atlas_upload_media", Json.object().put("data", data).toString());
        assertThat(service.uploaded).isEqualTo(png);
        assertThat(call("atlas_upload_media", "{'file_path': 'fox.png'}").text())
                .contains("is not absolute");
        assertThat(call("atlas_upload_media", "{'data': 'data:image/png,abc'}").text())
                .contains("with ;base64,");
        assertThat(call("atlas_upload_media", "{}").text()).contains("either a path or data is needed");
    }

    @Test
    void modelsAreListedFoundAndDescribed() {
        assertThat(call("atlas_list_models", "{'limit': 2}").text())
                .contains("Showing 2 of 3")
                .contains("- `seedling-1` — Atelier Seedling 1");
        assertThat(call("atlas_search_docs", "{'query': 'seedream edit'}").text())
                .contains("## Parameters");
        assertThat(call("atlas_search_docs", "{'query': 'video'}").text()).contains("No model has all these words");
        assertThat(call("atlas_get_model_info", "{'model': 'SEEDLING-1'}")
                        .structured()
                        .at("/fields/properties/seed/default")
                        .intValue())
                .isEqualTo(-1);
    }

    @Test
    void nothingCostsAnything() {
        assertThat(call("atlas_get_balance", "{}").structured().get("available").stringValue())
                .isEqualTo("0");
        String days = "{'start_date': '2026-11-01', 'end_date': '2026-11-28', 'group_by': ['model']}";
        assertThat(call("atlas_get_model_usage", days)
                        .structured()
                        .at("/buckets/0/results/0/requests")
                        .intValue())
                .isEqualTo(3);
        assertThat(call("atlas_get_model_costs", days)
                        .structured()
                        .at("/buckets/0/results/0/amount/value")
                        .stringValue())
                .isEqualTo("0");
    }
}
