package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.server.RunningServer;
import dev.atelier.server.media.HostileFiles;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Atlas surface from end to end, with pictures that the engine's small model makes. */
class AtlasSurfaceTest {
    private static final String GENERATE = "/api/v1/model/generateImage";
    private static final String ONE = "/api/v1/model/prediction/";
    private static final String SMALL = "\"size\": \"256*256\", \"steps\": 1";

    @RegisterExtension
    static final RunningServer server = RunningServer.with();

    @Test
    void syncModeAnswersWithTheFinishedPicture() throws Exception {
        JsonNode answer = server.post(GENERATE, """
            {"model": "bytedance/seedream-v4.5", "prompt": "a barn", "seed": 5, "enable_sync_mode": true, %s}\
            """.formatted(SMALL));

        assertThat(answer.get("status").stringValue()).as(answer.toString()).isEqualTo("completed");
        assertThat(answer.at("/data/seed").longValue()).isEqualTo(5);
        assertThat(server.picture(answer.at("/data/outputs/0").stringValue()).width())
                .isEqualTo(256);
    }

    @Test
    void outputsMayTravelInTheAnswerWithWhatMadeThem() throws Exception {
        JsonNode answer = server.post(GENERATE, """
            {"model": "seedling-1", "prompt": "a barn", "seed": 5, "enable_sync_mode": true, "output_format": "webp",
             "enable_base64_output": true, %s}\
            """.formatted(SMALL));

        String uri = answer.at("/data/outputs/0").stringValue();
        assertThat(uri).startsWith("data:image/webp;base64,");
        byte[] file = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        assertThat(PictureFormat.sniff(file)).contains(PictureFormat.WEBP);
        assertThat(PictureMetadata.read(file)).hasValueSatisfying(metadata -> {
            assertThat(metadata.sampling().seed()).isEqualTo(5);
            assertThat(metadata.prompt()).contains("a barn");
        });
    }

    @Test
    void theSameSeedMakesTheSamePicture() throws Exception {
        String body = """
            {"model": "seedling-1", "prompt": "a lake", "seed": 77, "enable_sync_mode": true, %s}\
            """.formatted(SMALL);

        Picture first =
                server.picture(server.post(GENERATE, body).at("/data/outputs/0").stringValue());
        Picture second =
                server.picture(server.post(GENERATE, body).at("/data/outputs/0").stringValue());

        assertThat(first.toBytes()).isEqualTo(second.toBytes());
    }

    @Test
    void theEventsOfASequenceTellStepsPreviewsPicturesAndTheEnd() throws Exception {
        String id = server.post(GENERATE, """
            {"model": "bytedance/seedream-v4.5/sequential", "prompt": "four panels of a fox through the seasons",
             "max_images": 4, "size": "256*256", "steps": 2}\
            """).get("id").stringValue();

        String events = server.events(id);

        List<String> names = events.lines()
                .filter(l -> l.startsWith("event:"))
                .map(l -> l.substring(6))
                .toList();
        assertThat(names).contains("progress").endsWith("done");
        assertThat(names.stream().filter("output"::equals)).hasSize(4);
        assertThat(events).contains("\"preview\":\"data:image/jpeg;base64,", "\"steps\":2", "\"seconds_left\":");
        JsonNode done = server.get(ONE + id + "/").get("data");
        assertThat(done.get("outputs")).hasSize(4);
        assertThat(done.get("images")
                        .valueStream()
                        .map(i -> i.get("prompt").stringValue())
                        .distinct())
                .hasSize(4);
    }

    @Test
    void withoutANumberASequenceHasAsManyPicturesAsTheWordsAskFor() throws Exception {
        JsonNode made = server.post(GENERATE, """
            {"model": "bytedance/seedream-v4.5/sequential", "prompt": "three panels of a barn: at dawn, at noon, at night",
             "enable_sync_mode": true, %s}\
            """.formatted(SMALL));

        assertThat(made.at("/data/outputs")).as(made.toString()).hasSize(3);
        assertThat(made.at("/data/reasons").toString())
                .startsWith("[\"planned by rules\",\"3 pictures: the prompt has \\\"at dawn, at noon, at night\\\"\"");
    }

    @Test
    void aReferenceMayComeInline() throws Exception {
        JsonNode made = server.post(GENERATE, """
            {"model": "seedling-1", "prompt": "a barn", "enable_sync_mode": true, "enable_base64_output": true, %s}\
            """.formatted(SMALL));

        JsonNode edited =
                server.post(GENERATE, """
                    {"model": "bytedance/seedream-v4.5/edit", "prompt": "make it night", "images": ["%s"], "enable_sync_mode": true,
                     "steps": 1}\
                    """.formatted(made.at("/data/outputs/0").stringValue()));

        assertThat(edited.get("status").stringValue()).as(edited.toString()).isEqualTo("completed");
        assertThat(server.picture(edited.at("/data/outputs/0").stringValue()).width())
                .isEqualTo(256);
    }

    @Test
    void aMaskedEditKeepsEveryByteOutsideAndTheSizeOfItsPicture() throws Exception {
        BufferedImage hole = new BufferedImage(60, 40, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                hole.setRGB(x, y, x < 30 ? 0xff123456 : 0);
            }
        }
        byte[] source = HostileFiles.picture("png", 300, 200);

        JsonNode edited =
                server.post(GENERATE, """
                    {"model": "bytedance/seedream-v4.5/edit", "prompt": "make it night", "image": "%s", "mask": "%s", "strength": 0.7,
                     "steps": 2, "enable_sync_mode": true}\
                    """.formatted(inline(source), inline(HostileFiles.encoded("png", hole))));

        assertThat(edited.get("status").stringValue()).as(edited.toString()).isEqualTo("completed");
        Picture after = server.picture(edited.at("/data/outputs/0").stringValue());
        Picture before = PictureReader.read(source, PictureLimits.DEFAULT);
        assertThat(after).hasToString("Picture[300x200]");
        byte[] left = PictureResizer.crop(after, 0, 0, 150, 200).toBytes();
        assertThat(left).isEqualTo(PictureResizer.crop(before, 0, 0, 150, 200).toBytes());
        assertThat(after.toBytes()).isNotEqualTo(before.toBytes());
    }

    @Test
    void outpaintingExtendsThePictureAndKeepsIt() throws Exception {
        byte[] source = HostileFiles.picture("png", 280, 240);

        JsonNode edited = server.post(GENERATE, """
            {"model": "bytedance/seedream-v4.5/edit", "prompt": "a wider view", "image": "%s", "outpaint": "0,0,40,16",
             "steps": 1, "enable_sync_mode": true}\
            """.formatted(inline(source)));

        Picture wide = server.picture(edited.at("/data/outputs/0").stringValue());
        assertThat(wide).hasToString("Picture[320x256]");
        assertThat(PictureResizer.crop(wide, 0, 0, 280, 240).toBytes())
                .isEqualTo(PictureReader.read(source, PictureLimits.DEFAULT).toBytes());
    }

    private static String inline(byte[] file) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
    }

    @Test
    void anEndedPredictionCanBeDeletedWithItsFiles() throws Exception {
        JsonNode made = server.post(
                GENERATE,
                "{\"model\": \"seedling-1\", \"prompt\": \"a barn\", \"enable_sync_mode\": true, " + SMALL + "}");
        String id = made.get("id").stringValue();
        String file =
                made.at("/data/outputs/0").stringValue().replace(server.base().toString(), "");
        assertThat(server.send("GET", file, "").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", ONE + id + "/cancel", "").statusCode()).isEqualTo(409);

        assertThat(server.send("DELETE", ONE + id, "").statusCode()).isEqualTo(200);

        assertThat(server.send("GET", ONE + id, "").statusCode()).isEqualTo(404);
        assertThat(server.send("GET", file, "").statusCode()).isEqualTo(404);
    }

    @Test
    void theHistoryTellsWhatWasAskedAndWhatCameOfIt() throws Exception {
        String id = server.post(
                        GENERATE,
                        "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"history\", \"enable_sync_mode\": true, "
                                + SMALL + "}")
                .get("id")
                .stringValue();

        JsonNode page = server.get("/api/v1/model/history?no=1&size=5&state=completed&model=bytedance/seedream-v4.5");

        assertThat(page.get("code").stringValue()).isEqualTo("200");
        JsonNode item = page.at("/data/items")
                .valueStream()
                .filter(i -> i.get("ID").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(item.get("status").stringValue()).isEqualTo("completed");
        assertThat(JsonMapper.shared()
                        .readTree(item.get("requestBody").stringValue())
                        .get("prompt")
                        .stringValue())
                .isEqualTo("history");
        assertThat(item.get("createdAt").isIntegralNumber()).isTrue();
        assertThat(Instant.ofEpochSecond(item.get("createdAt").longValue()))
                .isEqualTo(Instant.parse(item.at("/result/created_at").stringValue())
                        .truncatedTo(ChronoUnit.SECONDS));
        JsonNode one = server.get("/api/v1/model/history?status=succeeded&sessionID=" + id);
        assertThat(one.at("/data/total").intValue()).isEqualTo(1);
        assertThat(one.at("/data/items/0/ID").stringValue()).isEqualTo(id);
        assertThat(server.get("/api/v1/model/history?status=failed&sessionID=" + id)
                        .at("/data/total")
                        .intValue())
                .isZero();
        assertThat(server.get("/api/v1/model/history?status=timeout")
                        .at("/data/total")
                        .intValue())
                .isZero();
        assertThat(item.at("/result/outputs")).hasSize(1);
    }

    @Test
    void theApiIsDescribedWithItsBodies() throws Exception {
        JsonNode document = server.get("/v3/api-docs");

        JsonNode submit = document.at("/paths/~1api~1v1~1model~1generateImage/post");
        assertThat(submit.at("/requestBody/content/application~1json/schema/properties/prompt")
                        .isObject())
                .isTrue();
        assertThat(document.at("/components/securitySchemes/bearer/scheme").stringValue())
                .isEqualTo("bearer");
        assertThat(server.send("GET", "/swagger-ui/index.html", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void operatorsSeeTheQueueAndTheWork() throws Exception {
        server.post(
                GENERATE,
                "{\"model\": \"seedling-1\", \"prompt\": \"a barn\", \"enable_sync_mode\": true, " + SMALL + "}");

        String metrics = server.send("GET", "/actuator/prometheus", "").body();
        HttpResponse<String> ready = server.send("GET", "/actuator/health/readiness", "");

        assertThat(metrics)
                .contains(
                        "atelier_queue_depth",
                        "atelier_queue_age_seconds",
                        "atelier_queue_time_seconds_count",
                        "atelier_stage_seconds_count{error=\"none\",stage=\"denoise\"",
                        "atelier_steps_total",
                        "atelier_images_total",
                        "atelier_predictions_total{reason=\"none\",status=\"completed\"",
                        "atelier_models_bytes");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(JsonMapper.shared()
                        .readTree(ready.body())
                        .at("/components/model/details/seedling-1")
                        .stringValue())
                .isEqualTo("loaded");
    }
}
