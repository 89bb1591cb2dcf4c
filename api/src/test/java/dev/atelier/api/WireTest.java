package dev.atelier.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.images.ImageData;
import dev.atelier.api.images.ImageError;
import dev.atelier.api.images.ImageEvent;
import dev.atelier.api.images.ImagesErrorBody;
import dev.atelier.api.images.ImagesUsage;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.api.usage.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The bytes of each record: names, order, what is left out and what is null; and that a reader gets the same record. */
class WireTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00.25Z");

    record Example(Object value, String json) {}

    static List<Example> examples() {
        return List.of(
                new Example(prediction(), """
                        {"id":"pred_1","model":"a/b","served_by":"m","status":"failed","state":"canceled","outputs":[],
                        "images":[{"index":0,"seed":7,"prompt":"a barn","error":"no memory"}],"error":"canceled by the caller",
                        "error_code":"canceled","metrics":{"queue_time":0.5},"progress":0.25,"seed":7,"revised_prompt":"a barn",
                        "warnings":["w"],"reasons":["r"],"created_at":"2026-11-28T10:00:00.250Z","started_at":"2026-11-28T10:00:00.750Z",
                        "completed_at":""}"""),
                new Example(
                        prediction()
                                .with(input())
                                .with(new PredictionView.Links("g", "c", "e"))
                                .input(),
                        """
                        {"model":"a/b","prompt":"a barn","enable_prompt_expansion":false,"images":["u"],"size":"2K",
                        "aspect_ratio":"16:9","seed":7,"output_format":"png"}"""),
                new Example(new ErrorBody(400, "size: none"), """
                        {"code":400,"message":"size: none","msg":"size: none"}"""),
                new Example(Progress.waiting(2, 3, null), """
                        {"phase":"waiting","place":2,"waiting":3,"progress":0.0,"seconds_left":null}"""),
                new Example(
                        new Progress(null, Progress.Phase.DRAWING, 0, 2, 4, 1, 8, null, null, 0.5, 1.5, null)
                                .of("pred_1")
                                .showing(1, "data:"),
                        """
                        {"id":"pred_1","phase":"drawing","image":1,"at_once":2,"images":4,"step":1,"steps":8,"progress":0.5,
                        "seconds_left":1.5,"preview":"data:"}"""),
                new Example(
                        new DailyUsage(
                                "model_costs",
                                "self",
                                List.of(new DailyUsage.Bucket(
                                        "bucket",
                                        "2026-11-28",
                                        AT,
                                        AT,
                                        true,
                                        List.of(new DailyUsage.Row(
                                                null, "b", null, 2, null, null, null, null, Money.NOTHING)))),
                                false,
                                null),
                        """
                        {"object":"model_costs","scope":"self","data":[{"object":"bucket","date":"2026-11-28",
                        "start_at":"2026-11-28T10:00:00.250Z","end_at":"2026-11-28T10:00:00.250Z","partial":true,
                        "results":[{"model":"b","requests":2,"amount":{"value":"0","currency":"usd"}}]}],"has_more":false,
                        "next_page":null}"""),
                new Example(new ImagesErrorBody(new ImagesErrorBody.Detail("not_found", "nothing", null, "t")), """
                        {"error":{"code":"not_found","message":"nothing","param":null,"type":"t"}}"""),
                new Example(ImageData.failed(new ImageError("generation_failed", "why")), """
                        {"error":{"code":"generation_failed","message":"why"}}"""),
                new Example(new ImagesUsage(1, 2, 256), """
                        {"generated_images":1,"input_images":2,"input_tokens":0,
                        "input_tokens_details":{"image_tokens":0,"text_tokens":0},"output_tokens":256,
                        "output_tokens_details":{"image_tokens":256,"text_tokens":0},"total_tokens":256}"""),
                new Example(new ImageEvent.Partial("image_edit.partial_image", "m", 5, 0, 1, "aa"), """
                        {"type":"image_edit.partial_image","model":"m","created":5,"created_at":5,"image_index":0,
                        "partial_image_index":1,"b64_json":"aa","size":"auto","output_format":"jpeg","quality":"auto",
                        "background":"opaque"}"""),
                new Example(new ImageEvent.Failed("t", "m", 5, 5, 1, null, "c", "why"), """
                        {"type":"t","model":"m","created":5,"created_at":5,"image_index":1,"code":"c","message":"why"}"""));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void recordsAreWrittenAndReadAsTheyAreDocumented(Example example) {
        String json = example.json().replace("\n", "");

        assertThat(JSON.writeValueAsString(example.value())).isEqualTo(json);
        assertThat(JSON.readValue(json, example.value().getClass())).isEqualTo(example.value());
    }

    @Test
    void aSubmissionIsAnsweredAtTheTopAndInItsData() {
        assertThat(JSON.writeValueAsString(Submitted.of(prediction())))
                .startsWith(
                        "{\"code\":200,\"message\":\"success\",\"id\":\"pred_1\",\"status\":\"failed\",\"model\":\"a/b\","
                                + "\"served_by\":\"m\",\"created_at\":\"2026-11-28T10:00:00.250Z\",\"warnings\":[\"w\"],\"data\":{\"id\"");
    }

    private static PredictionView prediction() {
        return new PredictionView(
                "pred_1",
                "a/b",
                "m",
                PredictionView.Status.FAILED,
                PredictionView.State.CANCELED,
                List.of(),
                List.of(ImageView.failed(0, 7, "a barn", "no memory")),
                "canceled by the caller",
                PredictionView.ErrorCode.CANCELED,
                new PredictionView.Metrics(0.5, null),
                0.25,
                7,
                "a barn",
                List.of("w"),
                List.of("r"),
                AT,
                "2026-11-28T10:00:00.750Z",
                "",
                null,
                null);
    }

    private static InputView input() {
        return new InputView(
                "a/b",
                "a barn",
                null,
                false,
                List.of("u"),
                null,
                null,
                null,
                "2K",
                "16:9",
                null,
                null,
                null,
                7,
                "png",
                null,
                null,
                null);
    }
}
