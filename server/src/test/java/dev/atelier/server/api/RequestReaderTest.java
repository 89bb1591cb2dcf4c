package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.TemplateUse;
import dev.atelier.server.catalog.CatalogFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Loose JSON as clients of several services send it, read alike on every surface. */
class RequestReaderTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final RequestReader READER = new RequestReader(CatalogFixture.with(Map.of()));

    @ParameterizedTest
    @EnumSource(Surface.class)
    void everySurfaceReadsTheSameFields(Surface surface) {
        Asked asked = read("""
                {"steps": "4", "seed": "9007199254740991", "guidance_scale": "2.5", "watermark": "false", "output_format": "JPG",
                 "prompt_upsampling": false, "negative_prompt": "fog", "aspect_ratio": "16:9", "resolution": "3K",
                 "image": "a", "image_url": ["b", "c"], "images": ["d", {"image_url": "e"}, {"image_url": {"url": "f"}}],
                 "mask_image": {"image_url": "m"}, "strength": 0.5, "webhook_url": "https://a.example/"}""", surface);

        GenerationRequest request = asked.request();
        assertThat(request.sampling().steps()).isEqualTo(4);
        assertThat(request.sampling().seed()).isEqualTo((1L << 53) - 1);
        assertThat(request.sampling().guidanceScale()).isEqualTo(2.5);
        assertThat(request.output()).isEqualTo(new Output(Output.Format.JPEG, false));
        assertThat(request.prompt().expand()).isFalse();
        assertThat(request.prompt().negative()).isEqualTo("fog");
        assertThat(request.size()).isEqualTo(new SizeWish(0, 0, SizeWish.Tier.K3, 16.0 / 9));
        assertThat(request.references().images()).containsExactly("d", "e", "f", "a", "b", "c");
        assertThat(request.references().mask()).isEqualTo("m");
        assertThat(request.references().strength()).isEqualTo(0.5);
        assertThat(asked.webhookUrl()).isEqualTo("https://a.example/");
        assertThat(asked.warnings().sentences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void fieldsInInputWin(Surface surface) {
        Asked asked =
                read("{\"steps\": 3, \"input\": {\"prompt\": \"a barn\", \"steps\": 5, \"seed\": null}}", surface);

        assertThat(asked.request().sampling().steps()).isEqualTo(5);
        assertThat(asked.request().prompt().text()).isEqualTo("a barn");
        assertThat(asked.request().sampling().seed()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "size": "adaptive"                                          | 0 | 0 | MODEL | 0
            "size": "auto", "image_size": "2k"                          | 0 | 0 | K2 | 0
            "size": "1024x768"                                          | 1024 | 768 | MODEL | 0
            "image_size": {"width": 512, "height": "640"}               | 512 | 640 | MODEL | 0
            "image_size": "landscape_4_3"                               | 1024 | 768 | MODEL | 0
            "image_size": "1K", "aspect_ratio": "4:3"                   | 0 | 0 | K1 | 1.3333333333333333
            "aspect_ratio": "match_input_image"                         | 0 | 0 | MODEL | 0
            "width": "512", "height": 512.0, "aspect_ratio": "1:1"      | 512 | 512 | MODEL | 0
            """)
    void sizesAreSaidInManyFields(String fields, int width, int height, SizeWish.Tier tier, double aspect) {
        Asked asked = read("{" + fields + "}", Surface.ATLAS);

        assertThat(asked.request().size()).isEqualTo(new SizeWish(width, height, tier, aspect));
        assertThat(asked.warnings().sentences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "frobnicate": 1, "foo": {"a": 1}                     | not known, so ignored: frobnicate, foo
            "size": "512x512", "aspect_ratio": "16:9"            | aspect_ratio: has no effect beside size
            "size": "1K", "resolution": "2K"                     | resolution: has no effect beside size
            "steps": 4, "num_inference_steps": 5                 | num_inference_steps: has no effect beside steps
            "mask": "a", "mask_image": "b", "image": "c"         | mask_image: has no effect beside mask
            "quality": "high"                                    | quality: has no effect; steps decides how finely a picture is made
            "enable_safety_checker": true                        | enable_safety_checker: has no effect; nothing is checked or held back here
            "user": "u-1"                                        | user: has no effect; usage is counted by key
            "stream": true                                       | stream: has no effect on this path; the answer's urls.events is a stream
            "partial_images": 2                                  | partial_images: has no effect without a stream
            "optimize_prompt_options": {"mode": "fast"}          | optimize_prompt_options.mode: has no effect as 'fast': prompts are rewritten in one way only
            "optimize_prompt_options": {"thinking": "auto"}      | not known, so ignored: optimize_prompt_options.thinking
            "response_format": "url", "enable_base64_output": true | enable_base64_output: has no effect beside response_format
            """)
    void whatDoesNothingIsToldOf(String fields, String warning) {
        assertThat(read("{" + fields + "}", Surface.ATLAS).warnings().sentences())
                .containsExactly(warning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "steps": 99999999999999999999        | steps: 99999999999999999999 is above 100, the most allowed
            "steps": "99999999999999999999.5"    | steps: "99999999999999999999.5" is not of type integer
            "n": 1e300                           | n: 1.0E300 is above 15, the most allowed
            "n": 2.5                             | n: 2.5 is not of type integer
            "width": -1e999                      | width: -Infinity is below 1, the least allowed
            "seed": -1e30                        | seed: -1.0E30 is below -1, the least allowed
            "seed": 9007199254740992             | seed: 9007199254740992 is above 9,007,199,254,740,991, the most allowed
            "guidance_scale": 1e30               | guidance_scale: 1.0E30 is above 100, the most allowed
            "guidance_scale": "-0.5"             | guidance_scale: -0.5 is below 0, the least allowed
            "strength": true                     | strength: true is not of type number
            "watermark": 1                       | watermark: 1 is not of type boolean
            "output_format": "tiff"              | output_format: 'tiff' is none of [png, jpeg, webp, jpg]
            "images": [1]                        | images: [1] is not of type array of strings
            "image": 1                           | image: 1 is not of type string or array of strings
            "images": ["a", ""]                  | images[1]: is empty; a URL, a data URI or base64 is needed
            "image": [{"url": {"a": 1}}]         | image[0].url: is an object without image_url
            "size": "123456789012345678901234567890123" | size: 33 characters is above 32, the most allowed
            "mask": ["a"]                        | mask: ["a"] is not of type string
            """)
    void whatIsWrongIsSaidWithFieldValueAndBound(String fields, String message) {
        assertThatThrownBy(() -> read("{" + fields + "}", Surface.ATLAS)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "quality, auto",
        "background, opaque",
        "moderation, ''",
        "enable_safety_checker, false",
        "output_compression, 100",
        "size, ''",
        "image, ''",
        "seed, ''"
    })
    void whatAsksForWhatHappensAnywayIsNot(String field, String value) {
        assertThat(read("{\"" + field + "\": \"" + value + "\"}", Surface.OPENAI)
                        .warnings()
                        .sentences())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ATLAS  | bytedance/seedream-v4.5            |                      | DISABLED | 1
            ATLAS  | bytedance/seedream-v4.5            | "n": 3               | DISABLED | 3
            ATLAS  | bytedance/seedream-v4/sequential   |                      | AUTO     | 0
            ATLAS  | bytedance/seedream-v4/sequential   | "max_images": 4      | AUTO     | 4
            OPENAI | bytedance/seedream-v4/sequential   | "n": 4               | AUTO     | 4
            OPENAI | gpt-image-1                        | "n": 2               | DISABLED | 2
            ARK    | doubao-seedream-4-5-251128         |                      | DISABLED | 1
            ARK    | doubao-seedream-4-5-251128         | "sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": 5} | AUTO | 5
            ATLAS  | seedling-1                         | "sequential_image_generation": "disabled", "n": "2" | DISABLED | 2
            """)
    void howManyPicturesBelongTogether(
            Surface surface, String model, String fields, SequenceWish.Mode mode, int images) {
        String more = fields == null ? "" : ", " + fields;
        Asked asked = READER.read(body("{\"prompt\": \"a\", \"model\": \"" + model + "\"" + more + "}"), surface);

        assertThat(asked.request().sequence()).isEqualTo(new SequenceWish(mode, images));
    }

    @Test
    void theSurfaceSaysHowPicturesComeWhenTheRequestDoesNot() {
        assertThat(read("{}", Surface.OPENAI).reply().base64()).isTrue();
        assertThat(read("{}", Surface.ARK).reply().base64()).isFalse();
        assertThat(read("{}", Surface.ATLAS).reply().base64()).isFalse();
        assertThat(read("{\"response_format\": \"url\"}", Surface.OPENAI)
                        .reply()
                        .base64())
                .isFalse();
        assertThat(read("{\"response_format\": \"B64_JSON\"}", Surface.ATLAS)
                        .reply()
                        .base64())
                .isTrue();
        assertThat(read("{\"stream\": \"true\", \"partial_images\": \"2\"}", Surface.OPENAI)
                        .reply())
                .isEqualTo(new Asked.Reply(true, false, true, 2));
    }

    @Test
    void aModelIsNeededOnTheAtlasSurfaceOnly() {
        assertThatThrownBy(() -> READER.read(body("{\"prompt\": \"a\"}"), Surface.ATLAS))
                .hasMessage("model: missing; a name from GET /api/v1/models is needed");
        assertThat(READER.read(body("{\"prompt\": \"a\", \"model\": \"\"}"), Surface.OPENAI)
                        .request()
                        .model())
                .isEqualTo("seedling-1");
    }

    @Test
    void aNameThatTheSettingsServeIsToldOf() {
        RequestReader open = new RequestReader(CatalogFixture.with(Map.of("atelier.unknown-model", "seedling-1")));

        Asked asked = open.read(body("{\"prompt\": \"a\", \"model\": \"ep-2025\"}"), Surface.ARK);

        assertThat(asked.request().model()).isEqualTo("ep-2025");
        assertThat(asked.warnings().sentences())
                .containsExactly("model: 'ep-2025' is not in the catalog; seedling-1 serves it");
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void aTemplateStandsInPlaceOfAPrompt(Surface surface) {
        for (String slots : new String[] {
            "\"slots\": {\"product\": \"red mug\", \"surface\": \"wood\"}",
            "\"slots\": \"{\\\"product\\\": \\\"red mug\\\", \\\"surface\\\": \\\"wood\\\"}\"",
            "\"slots[product]\": \"red mug\", \"slots[surface]\": \"wood\"",
        }) {
            Asked asked = read("{\"prompt\": \"\", \"template\": \"shop/packshot\", " + slots + "}", surface);

            assertThat(asked.request().prompt().text()).startsWith("A product photograph of a red mug,");
            assertThat(asked.request().template())
                    .isEqualTo(new TemplateUse("shop/packshot", 1, Map.of("product", "red mug", "surface", "wood")));
            assertThat(asked.request().sequence()).isEqualTo(SequenceWish.disabled(1));
            assertThat(asked.warnings().sentences()).isEmpty();
        }
    }

    @Test
    void aTemplatesPicturesBelongTogetherWhereItHasSeveral() {
        String storyboard =
                "\"template\": \"film/storyboard@1\", \"slots\": {\"hero\": \"fox\", \"place\": \"a forest\", \"shots\": 3}";

        assertThat(read("{" + storyboard + "}", Surface.OPENAI).request().sequence())
                .isEqualTo(SequenceWish.auto());
        Asked two = read(
                "{" + storyboard + ", \"n\": 2, \"prompt\": \"a barn\", \"sequential_image_generation\": \"disabled\"}",
                Surface.ARK);
        assertThat(two.request().sequence()).isEqualTo(SequenceWish.auto(2));
        assertThat(two.warnings().sentences())
                .containsExactlyInAnyOrder(
                        "prompt: has no effect beside template",
                        "sequential_image_generation: has no effect beside template, which has its own pictures");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"template": "shop/nothing"}                                  | template: 'shop/nothing' is not known
            {"template": 7}                                               | template: is not of type string
            {"template": "shop/packshot"}                                 | slots.product: is missing
            {"template": "shop/packshot", "slots": ["mug"]}               | slots: is no JSON object
            {"template": "shop/packshot", "slots": "{mug"}                | slots: is no valid JSON
            {"template": "shop/packshot", "slots": {"product": ["mug"]}}  | slots.product: is no string and no number
            {"template": "shop/packshot", "slots": {"product": true}}     | slots.product: is no string and no number
            {"template": "shop/packshot", "slots": {"x": "mug"}}          | slots.x: is no slot of shop/packshot
            """)
    void aTemplateIsFilledStrictly(String fields, String message) {
        assertThatThrownBy(() -> read(fields, Surface.ATLAS)).hasMessageStartingWith(message);
    }

    @Test
    void slotsWithoutATemplateAreToldOf() {
        assertThat(read("{\"slots\": {\"product\": \"mug\"}}", Surface.ATLAS)
                        .warnings()
                        .sentences())
                .containsExactly("slots: has no effect without template");
    }

    private static Asked read(String fields, Surface surface) {
        ObjectNode body = body(fields);
        body.put("model", "seedling-1");
        if (!body.has("prompt") && !body.has("input")) {
            body.put("prompt", "a barn");
        }
        return READER.read(body, surface);
    }

    private static ObjectNode body(String json) {
        return (ObjectNode) JSON.readTree(json);
    }
}
