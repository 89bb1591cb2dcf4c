package dev.atelier.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationRequestTest {
    @ParameterizedTest
    @CsvSource({
        "2048*1024, 2048, 1024, MODEL, 0",
        "512x768, 512, 768, MODEL, 0",
        "4096×4096, 4096, 4096, MODEL, 0",
        "2K, 0, 0, K2, 0",
        "4k, 0, 0, K4, 0",
        "3K, 0, 0, K3, 0",
        "adaptive, 0, 0, MODEL, 0",
        "3:4, 0, 0, MODEL, 0.75",
        "auto, 0, 0, MODEL, 0",
        "'', 0, 0, MODEL, 0",
    })
    void sizeIsReadInEveryNotation(String text, int width, int height, SizeWish.Tier tier, double aspect) {
        assertThat(SizeWish.parse(text)).isEqualTo(new SizeWish(width, height, tier, aspect));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100*100 | size: 100*100 is 10,000 pixels; at least 65,536 are needed",
                "8192x4096 | size: 8192*4096 is 33,554,432 pixels; at most 16,777,216 are allowed",
                "8192x256 | size: 8192*256 has an extreme shape; an aspect ratio of 1/16 to 16 is allowed",
                "0x512 | size: 0*512; both sides must be above 0",
                "17:1 | size: aspect ratio 17.0; 1/16 to 16 is allowed",
                "1:0 | size: aspect ratio 1:0; 1/16 to 16 is allowed",
                "huge | size: \"huge\" is not understood; WIDTH*HEIGHT, 1K, 2K, 3K, 4K or WIDTH:HEIGHT is needed",
            })
    void sizeOutOfBoundsIsNamed(String text, String message) {
        assertThatThrownBy(() -> SizeWish.parse(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void extremeShapesAtTheBoundAreAllowed() {
        assertThat(SizeWish.of(4096, 256).exact()).isTrue();
        assertThat(SizeWish.of(256, 256).exact()).isTrue();
    }

    @Test
    void referencesAndOutputsShareOneBound() {
        GenerationRequest request = GenerationRequest.of("seedling-1", "a fox")
                .withReferences(References.of(Collections.nCopies(5, "upload")));

        assertThat(request.withSequence(SequenceWish.auto(10)).sequence().maxImages())
                .isEqualTo(10);
        assertThatThrownBy(() -> request.withSequence(SequenceWish.auto(11)))
                .hasMessage("max_images: 11 outputs and 5 references are 16; at most 15 together are allowed");
    }

    @Test
    void everyPartNamesItsField() {
        assertThatThrownBy(() -> GenerationRequest.of("", "a fox")).hasMessage("model: is empty; a model id is needed");
        assertThatThrownBy(() -> Prompt.of(" ")).hasMessage("prompt: is empty; 1 to 4,000 characters are needed");
        assertThatThrownBy(() -> Prompt.of("狐".repeat(4001)))
                .hasMessage("prompt: has 4,001 characters; at most 4,000 are allowed");
        assertThatThrownBy(() -> References.of(Collections.nCopies(15, "a")))
                .hasMessage("images: 15 references; at most 14 are allowed");
        assertThatThrownBy(() -> new References(List.of(), "mask", References.MODEL_STRENGTH, ""))
                .hasMessage("mask: has no image to apply to; at least 1 image is needed");
        assertThatThrownBy(() -> new References(List.of("a"), "", Double.NaN, ""))
                .hasMessage("strength: NaN; 0 to 1 is allowed");
        assertThatThrownBy(() -> SequenceWish.auto(16)).hasMessage("max_images: 16; 1 to 15 is allowed");
        assertThatThrownBy(() -> new Sampling(201, -1, 0))
                .hasMessage("steps: 201; 1 to 200 is allowed, 0 is the default");
        assertThatThrownBy(() -> new Sampling(0, -2, 0))
                .hasMessage("guidance_scale: -2.0; 0 to 100 is allowed, -1 is the default");
        assertThatThrownBy(() -> new Sampling(0, 1, -2)).hasMessage("seed: -2; 0 or more is allowed, -1 is random");
        assertThatThrownBy(() -> Output.Format.parse("gif"))
                .hasMessage("output_format: \"gif\" is not known; png, jpeg or webp is needed");
    }

    @Test
    void fourThousandCharactersOutsideTheBasicPlaneAreAllowed() {
        assertThat(Prompt.of("🦊".repeat(4000)).text()).hasSize(8000);
    }
}
