package dev.atelier.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.world.caption.Caption;
import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.caption.Captioner;
import dev.atelier.world.caption.Language;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Drawing;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Lexicon;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings of the table of nouns, in scenes and in words. */
class ThingsTest {
    private static final int SIDE = 96;
    private static final World WORLD = World.of(only(Map.of(Family.THINGS, 1.0)));
    private static final Studio STUDIO = new Studio(Stage.FLOOR, Hue.BLUE);

    private static WorldConfig only(Map<Family, Double> families) {
        WorldConfig full = WorldConfig.full();
        return new WorldConfig(families, full.styles(), full.captionForms(), 0.35, Set.of(), 3, List.of());
    }

    private static Noun noun(String name) {
        return Nouns.find(name).orElseThrow();
    }

    private static Scene alone(String noun, int count, Style style) {
        return new Scene(7, style, STUDIO, List.of(new Drawing(noun(noun), null, count, Side.CENTRE)));
    }

    @Test
    void theTableIsWhole() {
        List<Noun> nouns = Nouns.all();
        assertThat(nouns).hasSizeBetween(700, 760);
        assertThat(Nouns.common()).hasSizeBetween(140, 160);
        assertThat(nouns).extracting(Noun::name).doesNotHaveDuplicates();
        assertThat(nouns).extracting(noun -> noun.words().english().getFirst()).doesNotHaveDuplicates();
        assertThat(nouns).extracting(noun -> noun.words().chinese().getFirst()).doesNotHaveDuplicates();
        for (int i = 0; i < nouns.size(); i++) {
            Noun noun = nouns.get(i);
            assertThat(noun.ordinal()).isEqualTo(i);
            assertThat(noun.measure()).as(noun.name()).isNotBlank();
            assertThat(noun.words().english()).as(noun.name()).allMatch(word -> word.matches("~?[\\p{L}0-9' -]+"));
            assertThat(noun.words().chinese()).as(noun.name()).allMatch(word -> word.matches("[\\p{IsHan}A-Z]+"));
            assertThat(noun.counted())
                    .as(noun.name())
                    .isEqualTo(!noun.words().english().getFirst().startsWith("~"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE-noto.txt", "LICENSE-fluent.txt", "LICENSE-unicode.txt", "NOTICE"})
    void theDrawingsComeWithTheirLicences(String file) throws Exception {
        try (var in = World.class.getResourceAsStream("things/" + file)) {
            assertThat(in).isNotNull();
            assertThat(in.readAllBytes()).hasSizeGreaterThan(500);
        }
    }

    /** Every twenty-third noun in each style that has it; all of them are drawn where the colours are measured. */
    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"SOFT", "FLAT", "CARTOON"})
    void drawingsCanBeSeen(Style style) {
        Scene empty = new Scene(7, style, STUDIO, List.of());
        byte[] before = SceneRenderer.render(empty, SIDE, SIDE).toBytes();
        for (int i = 0; i < Nouns.all().size(); i += 23) {
            Noun noun = Nouns.all().get(i);
            if (noun.drawnIn(style)) {
                byte[] after = SceneRenderer.render(alone(noun.name(), 1, style), SIDE, SIDE)
                        .toBytes();
                assertThat(strong(before, after)).as(noun.name()).isGreaterThan(0.02);
            }
        }
    }

    /** Share of pixels that differ by more than a shadow. */
    private static double strong(byte[] before, byte[] after) {
        int count = 0;
        for (int i = 0; i < before.length; i += 3) {
            int most = 0;
            for (int c = 0; c < 3; c++) {
                most = Math.max(most, Math.abs((before[i + c] & 0xff) - (after[i + c] & 0xff)));
            }
            count += most > 60 ? 1 : 0;
        }
        return 3.0 * count / before.length;
    }

    @Test
    void aThingIsDrawnWhereItIsSaidToBe() {
        for (long seed = 0; seed < 60; seed++) {
            Scene scene = WORLD.scene(seed);
            for (Subject subject : scene.subjects()) {
                if (!(subject instanceof Drawing drawing) || scene.subjects().size() == 3) {
                    continue;
                }
                List<Subject> others = new ArrayList<>(scene.subjects());
                others.remove(subject);
                if (others.isEmpty() && scene.setting() instanceof Studio) {
                    continue;
                }
                byte[] mask = SceneRenderer.mask(scene, scene.withSubjects(others), SIDE, SIDE);
                double middle = middle(mask);
                double expected = switch (drawing.side()) {
                    case LEFT -> 0.25;
                    case CENTRE -> 0.5;
                    case RIGHT -> 0.75;
                };
                assertThat(middle).as(seed + " " + drawing).isBetween(expected - 0.17, expected + 0.17);
            }
        }
    }

    private static double middle(byte[] mask) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < mask.length; i++) {
            sum += mask[i] * (i % SIDE);
            count += mask[i];
        }
        return sum / count / SIDE;
    }

    @Test
    void captionsSayOnlyWhatIsDrawn() {
        int named = 0;
        for (long seed = 0; seed < 600; seed++) {
            Scene scene = WORLD.scene(seed);
            Caption caption = WORLD.caption(scene, seed);
            assertThat(Attributes.of(scene).facts()).as(caption.text()).containsAll(caption.stated());
            assertThat(caption.text()).doesNotContain("~").doesNotContain("null");
            for (Fact fact : caption.stated()) {
                if (fact.value() instanceof Noun noun) {
                    named++;
                    assertThat(allNames(noun, caption.language()))
                            .as(caption.text())
                            .anyMatch(caption.text().toLowerCase(Locale.ROOT)::contains);
                }
            }
        }
        assertThat(named).isGreaterThan(700);
    }

    private static List<String> allNames(Noun noun, Language language) {
        List<String> names = new ArrayList<>(names(noun, language));
        names.addAll(language == Language.CHINESE ? Lexicon.chinese(noun) : Lexicon.english(noun));
        return names;
    }

    private static List<String> names(Noun noun, Language language) {
        List<String> names = new ArrayList<>();
        if (language == Language.CHINESE) {
            names.addAll(noun.words().chinese());
        } else {
            noun.words().english().forEach(word -> names.add(word.replaceFirst("~(the )?", "")));
            if (noun.counted()) {
                names.add(noun.plural());
            }
        }
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    @Test
    void countsArticlesAndMeasureWordsAreRight() {
        assertThat(briefly("polar-bear", 3, Language.ENGLISH)).anyMatch(text -> text.contains("three polar bears"));
        assertThat(briefly("mouse", 2, Language.ENGLISH)).anyMatch(text -> text.contains("two mice"));
        assertThat(briefly("hourglass-done", 1, Language.ENGLISH))
                .anyMatch(text -> text.contains("an hourglass"))
                .noneMatch(text -> text.contains("a hourglass"));
        assertThat(briefly("unicorn", 1, Language.ENGLISH)).noneMatch(text -> text.contains("an unicorn"));
        assertThat(briefly("french-fries", 1, Language.ENGLISH))
                .anyMatch(text -> text.contains("fries"))
                .noneMatch(text -> text.contains("a french"));
        assertThat(briefly("fox", 1, Language.ENGLISH))
                .noneMatch(text -> text.replace("face of a fox", "").matches(".*\\ba fox\\b(?! face| head).*"));
        assertThat(briefly("horse", 1, Language.CHINESE)).anyMatch(text -> text.contains("一匹马"));
        assertThat(briefly("automobile", 3, Language.CHINESE)).anyMatch(text -> text.contains("三辆汽车"));
        assertThat(briefly("hot-beverage", 1, Language.CHINESE)).anyMatch(text -> text.contains("一杯"));
    }

    private static Set<String> briefly(String noun, int count, Language language) {
        Set<String> texts = new HashSet<>();
        for (long seed = 0; seed < 60; seed++) {
            texts.add(Captioner.caption(alone(noun, count, Style.SOFT), language, CaptionForm.SHORT, seed)
                    .text());
        }
        return texts;
    }

    @Test
    void halfOfTheNounsShownAreCommonAndMostComeUp() {
        Map<Boolean, Integer> counts = new HashMap<>();
        Set<Noun> seen = new HashSet<>();
        for (long seed = 0; seed < 4_000; seed++) {
            for (Subject subject : WORLD.scene(seed).subjects()) {
                if (subject instanceof Drawing drawing) {
                    counts.merge(drawing.kind().common(), 1, Integer::sum);
                    seen.add(drawing.kind());
                }
            }
        }
        double share = counts.get(true) / (double) (counts.get(true) + counts.get(false));
        assertThat(share).isBetween(0.44, 0.56);
        assertThat(seen).hasSizeGreaterThan(680);
    }

    @Test
    void aDyeChangesTheThingAndNothingElse() {
        assertThat(noun("red-apple").dyeable()).isFalse();
        Noun noun = noun("balloon");
        Scene red = new Scene(3, Style.SOFT, STUDIO, List.of(new Drawing(noun, null, 1, Side.CENTRE)));
        Scene green = new Scene(3, Style.SOFT, STUDIO, List.of(new Drawing(noun, Hue.GREEN, 1, Side.CENTRE)));
        assertThat(Attributes.of(red).value(Aspect.colour(0))).contains(Hue.RED);
        assertThat(Attributes.of(green).value(Aspect.colour(0))).contains(Hue.GREEN);
        byte[] mask = SceneRenderer.mask(red, green, SIDE, SIDE);
        byte[] thing = SceneRenderer.mask(red, new Scene(3, Style.SOFT, STUDIO, List.of()), SIDE, SIDE);
        int changed = 0;
        for (int i = 0; i < mask.length; i++) {
            changed += mask[i];
            assertThat(mask[i]).isLessThanOrEqualTo(thing[i]);
        }
        assertThat(changed).isGreaterThan(SIDE * SIDE / 40);
    }

    @Test
    void theSameSeedGivesTheSamePicture() {
        for (long seed = 0; seed < 5; seed++) {
            Scene scene = WORLD.scene(seed);
            assertThat(World.of(WORLD.config()).scene(seed)).isEqualTo(scene);
            assertThat(SceneRenderer.render(scene, SIDE, SIDE).toBytes())
                    .isEqualTo(SceneRenderer.render(scene, SIDE, SIDE).toBytes());
        }
    }

    @Test
    void editsCompositionsAndSequencesWorkForThingsAlone() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(WORLD.edit(seed).instruction()).doesNotContain("~");
            assertThat(WORLD.composition(seed).instruction()).doesNotContain("~");
            assertThat(WORLD.sequence(seed, 3).identity()).doesNotContain("~").doesNotContain("null");
        }
    }

    @Test
    void otherWordsLeadToNounsOfTheTable() {
        assertThat(Lexicon.size()).isBetween(3_000, 5_500);
        assertThat(Lexicon.find("sedan")).contains(noun("automobile"));
        assertThat(Lexicon.find("stallion")).contains(noun("horse"));
        assertThat(Lexicon.find("spaniel")).contains(noun("dog"));
        assertThat(Lexicon.find("小轿车")).contains(noun("automobile"));
        assertThat(Lexicon.find("xylophonist")).isEmpty();
        for (Noun noun : Nouns.all()) {
            assertThat(Lexicon.english(noun)).doesNotContainAnyElementsOf(names(noun, Language.ENGLISH));
            assertThat(Lexicon.chinese(noun)).doesNotContainAnyElementsOf(names(noun, Language.CHINESE));
        }
    }

    @Test
    void aNounIsCalledByItsOtherWordsAndTheFactStays() {
        Scene scene = alone("automobile", 1, Style.SOFT);
        Set<String> texts = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Caption caption = Captioner.caption(scene, Language.ENGLISH, CaptionForm.SHORT, seed, 1);
            assertThat(caption.stated()).contains(new Fact(Aspect.noun(0), noun("automobile")));
            texts.add(caption.text());
        }
        assertThat(texts).anyMatch(text -> text.contains("sedan")).noneMatch(text -> text.contains("a car"));
    }

    @Test
    void outOfBoundsIsAnError() {
        assertThatThrownBy(() -> new Drawing(noun("dog"), null, 7, Side.LEFT)).hasMessageContaining("count: 7, 1 to 6");
        assertThatThrownBy(() -> new Drawing(noun("french-fries"), null, 2, Side.LEFT))
                .hasMessageContaining("no plural");
        assertThatThrownBy(() -> SceneRenderer.render(alone("harp", 1, Style.SOFT), SIDE, SIDE))
                .hasMessageContaining("harp is not drawn in SOFT");
    }
}
