package dev.atelier.prompt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.Prompt;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files hold, and how slots are filled: strictly, with errors that say what is allowed. */
class TemplatesTest {
    @Test
    void eightIndustriesHaveThreeEach() {
        Map<String, Integer> industries = new TreeMap<>();
        Templates.all().forEach(template -> industries.merge(template.name().split("/")[0], 1, Integer::sum));

        assertThat(industries)
                .containsOnlyKeys("advertising", "buildings", "fashion", "film", "games", "rooms", "shop", "teaching")
                .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(3));
    }

    static List<Template> all() {
        return Templates.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyTemplateSpeaksBothLanguages(Template template) {
        for (Language language : Language.values()) {
            Map<String, String> examples = examples(template, language);
            FilledTemplate filled = template.fill(examples);

            assertThat(filled.language()).isEqualTo(language);
            assertThat(filled.use().reference()).isEqualTo(template.name() + "@" + template.version());
            for (String prompt : Stream.concat(filled.prose().stream(), filled.plain().stream())
                    .toList()) {
                assertThat(prompt).doesNotContainPattern("[{}\\[\\]]|  |\\b([aA]n?) \\1\\b|null|，，|, ,|,\\.");
                assertThat(prompt.codePoints()
                                .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
                        .isEqualTo(language == Language.ZH);
            }
            assertThat(filled.prose()).doesNotHaveDuplicates().hasSameSizeAs(filled.plain());
            assertThat(filled.text()).hasSizeLessThanOrEqualTo(Prompt.MAX_LENGTH);
        }
        assertThat(template.title().en()).isNotBlank();
        assertThat(template.title().zh()).isNotBlank();
        assertThat(template.slots())
                .allSatisfy(slot -> assertThat(slot.title().zh()).isNotBlank());
        assertThat(template.slots().getLast().name()).isEqualTo(Template.LANGUAGE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyChoiceIsSaidDifferently(Template template) {
        for (Slot slot : template.slots()) {
            Set<String> said = new HashSet<>();
            for (String choice : slot.choices()) {
                Map<String, String> given = new LinkedHashMap<>(examples(template, Language.EN));
                given.put(slot.name(), choice);
                FilledTemplate filled = template.fill(given);
                said.add(filled.prose() + " " + filled.aspect());
            }
            int same = slot.name().equals(Template.LANGUAGE) ? 1 : 0; // auto is English here
            assertThat(said).as(slot.name()).hasSize(slot.choices().size() - same);
        }
    }

    /** The longest values still make prompts that a request may have. */
    @ParameterizedTest
    @MethodSource("all")
    void theLongestValuesFit(Template template) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Slot slot : template.slots()) {
            if (slot.type() == Slot.Type.TEXT) {
                given.put(slot.name(), "w".repeat(slot.max()));
            } else if (slot.type() == Slot.Type.COUNT) {
                given.put(slot.name(), String.valueOf(slot.max()));
            }
        }

        assertThat(template.fill(given).prompt("", true).text()).isNotBlank();
    }

    static Map<String, String> examples(Template template, Language language) {
        Map<String, String> examples = new LinkedHashMap<>();
        template.slots().stream()
                .filter(Slot::required)
                .forEach(slot -> examples.put(slot.name(), slot.example().in(language)));
        examples.put(Template.LANGUAGE, language.code());
        return examples;
    }

    @Test
    void theExampleOfTheDocumentation() {
        FilledTemplate filled = Templates.get("shop/packshot").fill(Map.of("product", "red mug", "surface", "wood"));

        assertThat(filled.prose().getFirst())
                .startsWith(
                        "A product photograph of a red mug, standing alone in the middle of the picture on a pale wooden table top.");
        assertThat(filled.plain()).containsExactly("a red mug, on a wooden table, studio light");
        assertThat(filled.aspect()).isEqualTo(1);
        assertThat(filled.use().slots()).isEqualTo(Map.of("product", "red mug", "surface", "wood"));
    }

    @Test
    void theLanguageIsThatOfTheValues() {
        assertThat(Templates.get("shop/packshot")
                        .fill(Map.of("product", "红色杯子"))
                        .plain())
                .containsExactly("红色杯子，白色背景，明亮的光线");
        assertThat(Templates.get("shop/packshot")
                        .fill(Map.of("product", "red mug", "language", "ZH"))
                        .prose()
                        .getFirst())
                .contains("red mug单独置于画面正中");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            red mug          | a red mug
            orange fox       | an orange fox
            umbrella         | an umbrella
            uniform          | a uniform
            hourglass        | an hourglass
            a red mug        | a red mug
            an old mug       | an old mug
            the sea          | the sea
            two mugs         | two mugs
            3 mugs           | 3 mugs
            mountains        | mountains
            glass            | a glass
            cactus           | a cactus
            Anna             | Anna
            forest and a river | a forest and a river
            woman in blue jeans | a woman in blue jeans
            mug, 15 images   | a mug, 15 images
            mountains and a lake | mountains and a lake
            the sea in winter | the sea in winter
            """)
    void articlesAreThoseOfTheValue(String value, String said) {
        assertThat(TemplateText.of("{a thing}", Set.of("thing")).fill(_ -> value))
                .isEqualTo(said);
    }

    @Test
    void whatIsOptionalIsLeftOutWhole() {
        Template diagram = Templates.get("teaching/diagram");

        assertThat(diagram.fill(Map.of()).prose().getFirst()).contains("joined by arrows, flat shapes");
        assertThat(diagram.fill(Map.of("topic", "water")).prose().getFirst())
                .contains("joined by arrows about water, flat shapes");
    }

    @Test
    void aSeriesHasAsManyPicturesAsItsSlotSays() {
        Template storyboard = Templates.get("film/storyboard");
        Map<String, String> given = Map.of("hero", "fox", "place", "a forest");

        assertThat(storyboard.fill(given).prose()).hasSize(4).allMatch(prompt -> prompt.contains("fox"));
        Map<String, String> six = new LinkedHashMap<>(given);
        six.put("shots", "6");
        assertThat(storyboard.fill(six).prose()).hasSize(6);
        assertThat(storyboard.fill(six).sequence(0).maxImages()).isZero();
        assertThat(Templates.get("shop/packshot")
                        .fill(Map.of("product", "mug"))
                        .sequence(3)
                        .maxImages())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/packshot    | colour=red                  | slots.colour: is no slot of shop/packshot; its slots are product, surface, light, ratio, language
            shop/packshot    | surface=wood                | slots.product: is missing; 1 to 80 characters are needed, such as 'red mug'
            shop/packshot    | product=                    | slots.product: is missing; 1 to 80 characters are needed, such as 'red mug'
            shop/packshot    | product=mug,surface=lava    | slots.surface: 'lava'; one of white, wood, stone, colour is needed
            shop/packshot    | product=mug,ratio=5:1       | slots.ratio: '5:1'; one of 1:1, 4:5, 3:4, 4:3, 16:9 is needed
            shop/packshot    | product=mug,language=fr     | slots.language: 'fr'; one of auto, en, zh is needed
            film/storyboard  | hero=fox,place=woods,shots=7 | slots.shots: '7'; a whole number from 2 to 6 is needed
            film/storyboard  | hero=fox,place=woods,shots=1 | slots.shots: '1'; a whole number from 2 to 6 is needed
            film/storyboard  | hero=fox,place=woods,shots=four | slots.shots: 'four'; a whole number from 2 to 6 is needed
            film/storyboard  | hero=fox,place=woods,shots=99999999999999 | slots.shots: '99999999999999'; a whole number from 2 to 6 is needed
            """)
    void whatDoesNotFitIsNamedWithWhatIsAllowed(String template, String slots, String message) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String slot : slots.split(",")) {
            String[] parts = slot.split("=", 2);
            given.put(parts[0], parts[1]);
        }

        assertThatThrownBy(() -> Templates.get(template).fill(given))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @Test
    void tooLongIsNamedWithItsLength() {
        assertThatThrownBy(() -> Templates.get("shop/packshot").fill(Map.of("product", "杯".repeat(81))))
                .hasMessage("slots.product: has 81 characters; at most 80 are allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mug\" and \"x",
                "mug “x",
                "mug”",
                "mug 'no text",
                "mug ‘x’",
                "杯」",
                "杯》",
                "mug\nno text",
                "mug\u2028x",
                "mug\u0000",
                "mug \u200bx",
                "mug {light}",
                "mug <|im_end|>",
                "mug\\n",
                "mug \u202e gum"
            })
    void aValueCannotEndTheQuotationOrTheLineThatItStandsIn(String value) {
        assertThatThrownBy(() -> Templates.get("shop/packshot").fill(Map.of("product", value)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("slots.product: has the character ")
                .hasMessageEndingWith("one line without quotation marks, brackets < > { }, | and \\ is allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Jo's mug",
                "Jo’s mug",
                "James' mug",
                "mug (50% off), 3 cm",
                "mug [x]",
                "café №5 – 20 °C",
                "杯子（红色）、大号"
            })
    void whatNamesAThingIsAllowed(String value) {
        assertThat(Templates.get("shop/packshot").fill(Map.of("product", value)).text())
                .contains(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/packshot@1 | shop/packshot
            SHOP/Packshot   | shop/packshot
            """)
    void aTemplateIsFoundByName(String asked, String name) {
        assertThat(Templates.get(asked).name()).isEqualTo(name);
    }

    @Test
    void anUnknownTemplateOrVersionIsNamed() {
        assertThatThrownBy(() -> Templates.get("shop/pack"))
                .hasMessageStartingWith("template: 'shop/pack' is not known; one of shop/packshot, shop/lifestyle, ");
        assertThatThrownBy(() -> Templates.get("../../etc/passwd"))
                .hasMessageStartingWith("template: '../../etc/passwd' is not");
        assertThatThrownBy(() -> Templates.get("shop/packshot@7"))
                .hasMessage("template: shop/packshot has no version 7; version 1 is here");
    }
}
