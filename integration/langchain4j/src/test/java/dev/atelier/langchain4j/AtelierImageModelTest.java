package dev.atelier.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.client.AtelierException;
import dev.atelier.client.PredictionEvent;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtelierImageModelTest {
    private static final Image FOX = Image.builder().url("http://host/fox.png").build();
    private static final Image HOUSE =
            Image.builder().base64Data("AQID").mimeType("image/png").build();

    private final RecordingService service = new RecordingService().picture("http://host/1.png");

    private Map<String, Object> ordered() {
        return service.orders.getLast().fields();
    }

    @Test
    void wordsBecomeOnePicture() {
        ImageModel model = AtelierImageModel.builder(service).build();
        Response<Image> drawn = model.generate("a fox");
        assertThat(ordered())
                .isEqualTo(Map.of("prompt", "a fox", "sequential_image_generation", "disabled", "max_images", 1));
        assertThat(drawn.content().url()).isEqualTo(URI.create("http://host/1.png"));
        assertThat(drawn.content().mimeType()).isEqualTo("image/png");
        assertThat(drawn.content().revisedPrompt()).isEqualTo("a fox");
        assertThat(drawn.metadata())
                .isEqualTo(Map.of(
                        "predictionId", "pred_1",
                        "model", "seedling-1",
                        "seeds", List.of(7L),
                        "warnings", List.of("words: 'zyx' is not known"),
                        "reasons", List.of("planned by rules")));
    }

    @Test
    void optionsGoFurtherThanTheInterface() {
        List<PredictionEvent> heard = new ArrayList<>();
        ImageModel model = AtelierImageModel.builder(service)
                .modelName("seedling-1")
                .size(512, 256)
                .seed(42L)
                .steps(4)
                .guidanceScale(1.5)
                .negativePrompt("rain")
                .strength(0.5)
                .outputFormat("jpg")
                .watermark(true)
                .expandPrompt(false)
                .field("quality", "high")
                .reference(HOUSE)
                .sequence(true)
                .onEvent(heard::add)
                .build();
        Response<List<Image>> drawn = model.generate("a story", 4);
        assertThat(ordered())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("prompt", "a story"),
                        Map.entry("model", "seedling-1"),
                        Map.entry("size", "512*256"),
                        Map.entry("seed", 42L),
                        Map.entry("steps", 4),
                        Map.entry("guidance_scale", 1.5),
                        Map.entry("negative_prompt", "rain"),
                        Map.entry("strength", 0.5),
                        Map.entry("output_format", "jpg"),
                        Map.entry("watermark", true),
                        Map.entry("enable_prompt_expansion", false),
                        Map.entry("quality", "high"),
                        Map.entry("images", List.of("AQID")),
                        Map.entry("sequential_image_generation", "auto"),
                        Map.entry("max_images", 4)));
        assertThat(drawn.content())
                .singleElement()
                .satisfies(image -> assertThat(image.mimeType()).isEqualTo("image/jpeg"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void editsStartFromThePictureAndKeepWhatTheMaskKeeps() {
        ImageModel model = AtelierImageModel.builder(service).reference(HOUSE).build();
        model.edit(FOX, "the fox before the house of image 2");
        assertThat(ordered()).containsEntry("images", List.of("http://host/fox.png", "AQID"));
        assertThat(ordered()).doesNotContainKey("mask");
        model.edit(HOUSE, FOX, "make it night");
        assertThat(ordered())
                .containsEntry("images", List.of("AQID", "AQID"))
                .containsEntry("mask", "http://host/fox.png")
                .containsEntry("max_images", 1);
    }

    @Test
    void picturesThemselvesComeOnDemandAndFailuresAreTold() {
        service.failure("out of memory").picture("data:image/png;base64,BA==");
        Response<List<Image>> drawn =
                AtelierImageModel.builder(service).inline(true).build().generate("foxes", 3);
        assertThat(drawn.content()).extracting(Image::base64Data).containsExactly("AQID", "BA==");
        assertThat(drawn.metadata().get("warnings"))
                .isEqualTo(List.of("words: 'zyx' is not known", "image 2: out of memory"));
        assertThatExceptionOfType(AtelierException.class)
                .isThrownBy(() -> AtelierImageModel.builder(new RecordingService().failure("out of memory"))
                        .build()
                        .generate("a fox"))
                .withMessage("no picture was made: words: 'zyx' is not known; image 1: out of memory");
    }

    @Test
    void whatCannotBeOrderedIsNamed() {
        ImageModel model = AtelierImageModel.builder(service).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.generate("a", 16))
                .withMessage("n: 16 is not in 1 to 15");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.edit(Image.builder().build(), "a"))
                .withMessage("image: has neither a URL nor base64 data");
    }
}
