package dev.atelier.server.api.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.images.Image;
import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImageModel;
import com.openai.models.images.ImagesResponse;
import com.openai.models.models.Model;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.server.RunningServer;
import dev.atelier.server.media.HostileFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own Java client against the running service, changed in nothing but its base URL. */
@SuppressWarnings("deprecation") // response_format: newer models of OpenAI know base64 only, ours know both
class OpenAiClientTest {
    private static final String MODEL = "bytedance/seedream-v4.5";

    @TempDir
    static Path data;

    private static RunningServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.base() + "/v1")
                .apiKey("any")
                .timeout(Duration.ofMinutes(5))
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void generatesPicturesAtUrls() throws Exception {
        ImagesResponse answer = client.images()
                .generate(generation()
                        .n(2)
                        .size("256x320")
                        .responseFormat(ImageGenerateParams.ResponseFormat.URL)
                        .build());

        assertThat(answer.data().orElseThrow()).hasSize(2);
        for (Image image : answer.data().orElseThrow()) {
            Picture picture = server.picture(image.url().orElseThrow());
            assertThat(picture).hasToString("Picture[256x320]");
            assertThat(image.revisedPrompt().orElseThrow()).contains("lighthouse");
        }
        ImagesResponse.Usage usage = answer.usage().orElseThrow();
        assertThat(usage.outputTokens()).isEqualTo(2 * 256 * 320 / 256);
        assertThat(usage.totalTokens()).isEqualTo(usage.outputTokens());
    }

    @Test
    void generatesTheSamePictureForTheSameSeedAsBase64InTheFormatAsked() {
        ImageGenerateParams params = generation()
                .size("256x256")
                .responseFormat(ImageGenerateParams.ResponseFormat.B64_JSON)
                .outputFormat(ImageGenerateParams.OutputFormat.WEBP)
                .putAdditionalBodyProperty("seed", JsonValue.from(7))
                .build();

        byte[] first = onlyPicture(client.images().generate(params));
        byte[] second = onlyPicture(client.images().generate(params));

        assertThat(PictureFormat.sniff(first)).contains(PictureFormat.WEBP);
        assertThat(read(first).toBytes()).isEqualTo(read(second).toBytes());
    }

    @Test
    void editsAnUploadedPicture() {
        ImagesResponse answer = client.images()
                .edit(ImageEditParams.builder()
                        .model(MODEL)
                        .prompt("make it night")
                        .image(new ByteArrayInputStream(HostileFiles.picture("png", 256, 256)))
                        .size("256x256")
                        .responseFormat(ImageEditParams.ResponseFormat.B64_JSON)
                        .build());

        assertThat(read(onlyPicture(answer))).hasToString("Picture[256x256]");
    }

    @Test
    void changesNothingOutsideTheTransparentPartOfAMask() {
        BufferedImage mask = new BufferedImage(256, 256, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                mask.setRGB(x, y, x < 128 ? 0xff000000 : 0);
            }
        }
        ImagesResponse answer = client.images()
                .edit(ImageEditParams.builder()
                        .model(MODEL)
                        .prompt("make it night")
                        .image(new ByteArrayInputStream(HostileFiles.picture("png", 256, 256)))
                        .mask(new ByteArrayInputStream(HostileFiles.encoded("png", mask)))
                        .size("256x256")
                        .responseFormat(ImageEditParams.ResponseFormat.B64_JSON)
                        .build());

        Picture edited = read(onlyPicture(answer));
        boolean changed = false;
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                boolean same = edited.channel(x, y, 0) == 0x33
                        && edited.channel(x, y, 1) == 0x66
                        && edited.channel(x, y, 2) == 0x99;
                assertThat(same || x >= 128).isTrue();
                changed |= !same;
            }
        }
        assertThat(changed).isTrue();
    }

    @Test
    void composesSeveralPictures() {
        ImagesResponse answer = client.images()
                .edit(ImageEditParams.builder()
                        .model(MODEL)
                        .prompt("put image 1 beside image 2")
                        .image(ImageEditParams.Image.ofInputStreams(List.of(
                                new ByteArrayInputStream(HostileFiles.picture("png", 64, 64)),
                                new ByteArrayInputStream(HostileFiles.picture("jpg", 64, 64)))))
                        .size("256x256")
                        .responseFormat(ImageEditParams.ResponseFormat.B64_JSON)
                        .build());

        assertThat(read(onlyPicture(answer))).hasToString("Picture[256x256]");
    }

    @Test
    void streamsUnfinishedPicturesAndTheFinishedOne() {
        ImageGenerateParams params = generation()
                .size("256x256")
                .partialImages(2)
                .responseFormat(ImageGenerateParams.ResponseFormat.B64_JSON)
                .putAdditionalBodyProperty("steps", JsonValue.from(6))
                .build();
        try (StreamResponse<ImageGenStreamEvent> events = client.images().generateStreaming(params)) {
            List<ImageGenStreamEvent> all = events.stream().toList();

            List<ImageGenStreamEvent> partial = all.stream()
                    .filter(ImageGenStreamEvent::isGenerationPartialImage)
                    .toList();
            assertThat(partial).hasSizeBetween(1, 2);
            assertThat(PictureFormat.sniff(
                            decode(partial.getFirst().asGenerationPartialImage().b64Json())))
                    .contains(PictureFormat.JPEG);
            assertThat(all.getLast().isGenerationCompleted()).isTrue();
            assertThat(read(decode(all.getLast().asGenerationCompleted().b64Json())))
                    .hasToString("Picture[256x256]");
            assertThat(all.getLast().asGenerationCompleted().usage().totalTokens())
                    .isEqualTo(256);
        }
    }

    @Test
    void editsAndVariesUnderOpenAisOwnNamesWithoutNamingAFormat() {
        ImagesResponse edited = client.images()
                .edit(ImageEditParams.builder()
                        .model(ImageModel.GPT_IMAGE_1)
                        .prompt("make it night")
                        .image(new ByteArrayInputStream(HostileFiles.picture("png", 64, 64)))
                        .size("256x256")
                        .build());
        ImagesResponse varied = client.images()
                .createVariation(ImageCreateVariationParams.builder()
                        .model(ImageModel.DALL_E_2)
                        .image(new ByteArrayInputStream(HostileFiles.picture("png", 64, 64)))
                        .size(ImageCreateVariationParams.Size._256X256)
                        .build());

        assertThat(read(onlyPicture(edited))).hasToString("Picture[256x256]");
        assertThat(read(onlyPicture(varied))).hasToString("Picture[256x256]");
    }

    @Test
    void streamsEditsWithOneCompletedEventForEachPicture() {
        ImageEditParams params = ImageEditParams.builder()
                .model("gpt-image-1.5")
                .prompt("make it night")
                .image(new ByteArrayInputStream(HostileFiles.picture("png", 64, 64)))
                .size("256x256")
                .n(2)
                .build();
        try (StreamResponse<ImageEditStreamEvent> events = client.images().editStreaming(params)) {
            assertThat(events.stream()).hasSize(2).allSatisfy(event -> {
                assertThat(event.isCompleted()).isTrue();
                assertThat(read(decode(event.asCompleted().b64Json()))).hasToString("Picture[256x256]");
                assertThat(event.asCompleted().usage().outputTokens()).isEqualTo(256);
            });
        }
    }

    @Test
    void listsAndFindsModels() {
        List<Model> models = client.models().list().data();

        assertThat(models).extracting(Model::id).contains(MODEL, MODEL + "/edit-sequential");
        assertThat(client.models().retrieve(MODEL + "/edit").id()).isEqualTo(MODEL + "/edit");
        assertThat(catchThrowableOfType(
                        NotFoundException.class, () -> client.models().retrieve("gpt-5")))
                .hasMessageContaining("gpt-5");
        assertThat(client.models().retrieve("gpt-image-1").id()).isEqualTo("gpt-image-1");
    }

    @Test
    void saysWhatIsWrongInTheWayThatTheClientReads() {
        BadRequestException size = catchThrowableOfType(
                BadRequestException.class,
                () -> client.images().generate(generation().size("10x10").build()));
        assertThat(size.param()).contains("size");
        assertThat(size.type()).contains("invalid_request_error");
        assertThat(size).hasMessageContaining("size: 10*10 is 100 pixels; at least 65,536 are needed");

        UnprocessableEntityException image = catchThrowableOfType(
                UnprocessableEntityException.class,
                () -> client.images()
                        .edit(ImageEditParams.builder()
                                .model(MODEL)
                                .prompt("make it night")
                                .image(new ByteArrayInputStream(new byte[100]))
                                .build()));
        assertThat(image.param()).contains("image[0]");
        assertThat(image).hasMessageContaining("none of PNG, JPEG, WebP, BMP, TIFF, GIF");
    }

    @Test
    void servesArkClientsWithSequencesUnderTheirPath() throws Exception {
        Map<String, String> seen = new TreeMap<>();
        server.send("POST", "/api/v3/images/generations", """
                        {"model": "bytedance/seedream-v4.5", "prompt": "a series of 2 pictures of a lighthouse",
                         "size": "256x256", "stream": true, "sequential_image_generation": "auto",
                         "sequential_image_generation_options": {"max_images": 2}, "watermark": false}""")
                .body()
                .lines()
                .filter(line -> line.startsWith("event:") || line.startsWith("data:[DONE]"))
                .forEach(line -> seen.merge(line, "1", String::concat));

        assertThat(seen)
                .containsEntry("event:image_generation.partial_succeeded", "11")
                .containsEntry("event:image_generation.completed", "1")
                .containsEntry("data:[DONE]", "1");
    }

    private static ImageGenerateParams.Builder generation() {
        return ImageGenerateParams.builder().model(MODEL).prompt("a lighthouse on a cliff");
    }

    private static byte[] onlyPicture(ImagesResponse answer) {
        assertThat(answer.data().orElseThrow()).hasSize(1);
        return decode(answer.data().orElseThrow().getFirst().b64Json().orElseThrow());
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static Picture read(byte[] file) {
        return PictureReader.read(file, PictureLimits.DEFAULT);
    }
}
