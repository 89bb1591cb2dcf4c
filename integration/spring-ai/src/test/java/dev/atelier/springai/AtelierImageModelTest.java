package dev.atelier.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.client.PredictionEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.content.Media;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.ImageModelObservationContext;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

class AtelierImageModelTest {
    private final RecordingService service = new RecordingService().picture("http://host/1.png");
    private final AtelierImageModel model = new AtelierImageModel(service);

    private Map<String, Object> ordered(ImagePrompt prompt) {
        model.call(prompt);
        return service.orders.getLast().fields();
    }

    @Test
    void portableOptionsAreFieldsOfTheOrder() {
        assertThat(ordered(new ImagePrompt(
                        "a fox",
                        ImageOptionsBuilder.builder()
                                .model("seedling-1")
                                .n(2)
                                .width(512)
                                .height(256)
                                .build())))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "prompt",
                        "a fox",
                        "model",
                        "seedling-1",
                        "max_images",
                        2,
                        "sequential_image_generation",
                        "disabled",
                        "width",
                        512,
                        "height",
                        256));
        assertThat(ordered(new ImagePrompt("a fox"))).isEqualTo(Map.of("prompt", "a fox"));
    }

    @Test
    void ownOptionsGoFurtherAndThoseOfThePromptGoFirst() {
        AtelierImageOptions defaults = AtelierImageOptions.builder()
                .seed(1L)
                .steps(4)
                .negativePrompt("rain")
                .build();
        AtelierImageModel withDefaults = new AtelierImageModel(service, defaults, ObservationRegistry.NOOP);
        withDefaults.call(new ImagePrompt(
                List.of(new ImageMessage("a story"), new ImageMessage("people", -1f)),
                AtelierImageOptions.builder()
                        .seed(42L)
                        .n(4)
                        .sequence(true)
                        .size("16:9")
                        .guidanceScale(2.5)
                        .strength(0.5)
                        .mask(new byte[] {4})
                        .outputFormat("webp")
                        .watermark(true)
                        .expandPrompt(false)
                        .outpaint("1,2,3,4")
                        .field("quality", "high")
                        .build()));
        assertThat(service.orders.getLast().fields())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("prompt", "a story"),
                        Map.entry("seed", 42L),
                        Map.entry("steps", 4),
                        Map.entry("negative_prompt", "rain\npeople"),
                        Map.entry("max_images", 4),
                        Map.entry("sequential_image_generation", "auto"),
                        Map.entry("size", "16:9"),
                        Map.entry("guidance_scale", 2.5),
                        Map.entry("strength", 0.5),
                        Map.entry("mask", "BA=="),
                        Map.entry("output_format", "webp"),
                        Map.entry("watermark", true),
                        Map.entry("enable_prompt_expansion", false),
                        Map.entry("outpaint", "1,2,3,4"),
                        Map.entry("quality", "high")));
    }

    @Test
    void mediaAreReferencesAndTheOneNamedMaskIsTheMask() {
        Media byUrl = new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://host/a.png"));
        Media bytes = Media.builder()
                .mimeType(MimeTypeUtils.IMAGE_JPEG)
                .data(new byte[] {1, 2, 3})
                .build();
        Media mask = Media.builder()
                .mimeType(MimeTypeUtils.IMAGE_PNG)
                .data(new byte[] {4})
                .name("mask")
                .build();
        Map<String, Object> fields = ordered(new ImagePrompt(
                new ImageMessage("image 1 at the place of image 2", 1f, List.of(byUrl, mask, bytes), Map.of()), null));
        assertThat(fields.get("images")).isEqualTo(List.of("http://host/a.png", "AQID"));
        assertThat(fields.get("mask")).isEqualTo("BA==");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordered(new ImagePrompt(
                        new ImageMessage(
                                "a",
                                1f,
                                List.of(new Media(MimeType.valueOf("text/plain"), URI.create("x:y"))),
                                Map.of()),
                        null)))
                .withMessage("media: text/plain is no picture");
    }

    @Test
    void theAnswerHasThePicturesAndHowTheyWereMade() {
        service.failure("out of memory").picture("data:image/png;base64,AQI=");
        ImageResponse response = model.call(new ImagePrompt(
                new ImageMessage("a fox", 0.5f),
                AtelierImageOptions.builder().style("vivid").build()));
        assertThat(response.getResults()).hasSize(2);
        assertThat(response.getResult().getOutput().getUrl()).isEqualTo("http://host/1.png");
        assertThat(response.getResult().getMetadata()).isEqualTo(new AtelierImageMetadata(0, 7, "a fox", 256, 128));
        assertThat(response.getResults().get(1).getOutput().getB64Json()).isEqualTo("AQI=");
        assertThat(response.getMetadata().getCreated()).isEqualTo(1234);
        assertThat(response.getMetadata().<String>get(AtelierImageModel.PREDICTION_ID))
                .isEqualTo("pred_1");
        assertThat(response.getMetadata().<String>get(AtelierImageModel.MODEL)).isEqualTo("seedling-1");
        assertThat(response.getMetadata().<Long>get(AtelierImageModel.SEED)).isEqualTo(7L);
        assertThat(response.getMetadata().<String>get(AtelierImageModel.REVISED_PROMPT))
                .isEqualTo("an orange fox");
        assertThat(response.getMetadata().<List<String>>get(AtelierImageModel.REASONS))
                .containsExactly("planned by rules");
        assertThat(response.getMetadata().<List<String>>get(AtelierImageModel.WARNINGS))
                .containsExactly(
                        "words: 'zyx' is not known",
                        "weight: 0.5 has no effect; only its sign has",
                        "style: 'vivid' has no effect; say it in the prompt",
                        "image 2: out of memory");
    }

    @Test
    void picturesThemselvesComeOnDemand() {
        ImageResponse response = model.call(new ImagePrompt(
                "a fox",
                AtelierImageOptions.builder().responseFormat("b64_json").build()));
        assertThat(response.getResult().getOutput().getUrl()).isNull();
        assertThat(response.getResult().getOutput().getB64Json()).isEqualTo("AQID");
    }

    @Test
    void eventsAreHeardWhileItIsDrawn() {
        List<PredictionEvent> heard = new ArrayList<>();
        model.call(new ImagePrompt(
                "a fox", AtelierImageOptions.builder().onEvent(heard::add).build()));
        assertThat(heard).hasExactlyElementsOfTypes(PredictionEvent.Output.class);
    }

    @Test
    void whatCannotBeOrderedIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordered(new ImagePrompt(
                        "a", AtelierImageOptions.builder().width(512).build())))
                .withMessage("height: missing; width and height are given together");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordered(new ImagePrompt(
                        "a", AtelierImageOptions.builder().responseFormat("gif").build())))
                .withMessage("responseFormat: 'gif' is not url or b64_json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ordered(new ImagePrompt(List.of(new ImageMessage("rain", -1f)))))
                .withMessage("prompt: no message has words of what to draw");
    }

    @Test
    void everyCallIsObserved() {
        List<ImageModelObservationContext> ended = new ArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<ImageModelObservationContext>() {
            @Override
            public void onStop(ImageModelObservationContext context) {
                ended.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof ImageModelObservationContext;
            }
        });
        new AtelierImageModel(service, AtelierImageOptions.builder().model("m").build(), registry)
                .call(new ImagePrompt("a fox"));
        assertThat(ended).singleElement().satisfies(context -> {
            assertThat(context.getRequest().getOptions().getModel()).isEqualTo("m");
            assertThat(context.getResponse().getResults()).hasSize(1);
            assertThat(context.getLowCardinalityKeyValue("gen_ai.request.model").getValue())
                    .isEqualTo("m");
        });
    }
}
