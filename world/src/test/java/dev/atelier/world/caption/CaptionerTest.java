package dev.atelier.world.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Studio;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Time;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionerTest {
    private static final World WORLD = World.of(WorldConfig.full());
    private static final World WITHOUT_THINGS = withoutThings();

    /** Their names are made of words for colours and places, and have a test of their own. */
    private static World withoutThings() {
        WorldConfig full = WorldConfig.full();
        Map<Family, Double> families = new EnumMap<>(full.families());
        families.remove(Family.THINGS);
        return World.of(new WorldConfig(
                families,
                full.styles(),
                full.captionForms(),
                full.chineseShare(),
                full.excluded(),
                full.maxThings(),
                full.heldOut()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyStatedFactIsTrueAndNoWordNamesAnotherOne(Language language) {
        for (long seed = 0; seed < 1_500; seed++) {
            Scene scene = WITHOUT_THINGS.scene(seed);
            CaptionForm form = CaptionForm.values()[(int) (seed % 4)];
            Caption caption = Captioner.caption(scene, language, form, seed);
            List<Fact> facts = Attributes.of(scene).facts();

            assertThat(facts).containsAll(caption.stated());
            assertThat(strangers(caption.text(), facts, language))
                    .as(seed + ": " + caption.text() + " of " + facts)
                    .isEmpty();
        }
    }

    /** Else a model would draw night, black grounds and other styles for prompts that do not ask for them. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whatIsOutOfTheOrdinaryIsAlwaysSaid(Language language) {
        int extraordinary = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            Scene scene = WORLD.scene(seed);
            CaptionForm form = CaptionForm.values()[(int) (seed % 4)];
            Caption caption = Captioner.caption(scene, language, form, seed);
            if (scene.style() != Style.SOFT) {
                extraordinary++;
                assertThat(caption.stated())
                        .as(seed + ": " + caption.text())
                        .contains(new Fact(Aspect.STYLE, scene.style()));
            }
            if (scene.setting() instanceof Landscape landscape && landscape.time() == Time.NIGHT) {
                extraordinary++;
                assertThat(caption.stated())
                        .as(seed + ": " + caption.text())
                        .contains(new Fact(Aspect.TIME, Time.NIGHT));
            }
        }
        assertThat(extraordinary).isGreaterThan(500);
    }

    /** Words of the vocabularies that are in the text but belong to no fact of the scene. */
    private static Set<String> strangers(String text, List<Fact> facts, Language language) {
        Set<String> own = new HashSet<>();
        facts.forEach(fact -> own.addAll(words(fact.value(), language)));
        String rest = text;
        List<String> longestFirst = own.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        for (String word : longestFirst) {
            rest = pattern(word, language).matcher(rest).replaceAll("#");
        }
        Set<String> strangers = new HashSet<>();
        for (Aspect aspect : Aspect.values()) {
            // Some of the many nouns, such as sun and day, are also words for something else.
            List<Term> terms = aspect.vocabulary().getFirst() instanceof Noun ? List.of() : aspect.vocabulary();
            for (Term term : terms) {
                for (String word : words(term, language)) {
                    // A single Chinese character is part of too many other words.
                    boolean telling = language == Language.ENGLISH || word.length() > 1;
                    if (telling
                            && !own.contains(word)
                            && pattern(word, language).matcher(rest).find()) {
                        strangers.add(word);
                    }
                }
            }
        }
        return strangers;
    }

    private static Pattern pattern(String word, Language language) {
        String quoted = Pattern.quote(word);
        return language == Language.ENGLISH
                ? Pattern.compile(
                        "(?<![A-Za-z])" + quoted + "(?![A-Za-z])|^" + Pattern.quote(capital(word)) + "(?![a-z])")
                : Pattern.compile(quoted);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static Collection<String> words(Term term, Language language) {
        return language == Language.ENGLISH
                ? term.words().english()
                : term.words().chinese();
    }

    @Test
    void fullCaptionsSayMoreThanShortOnes() {
        double brief = 0;
        double full = 0;
        for (long seed = 0; seed < 500; seed++) {
            Scene scene = WORLD.scene(seed);
            brief += Captioner.caption(scene, Language.ENGLISH, CaptionForm.SHORT, seed)
                    .stated()
                    .size();
            full += Captioner.caption(scene, Language.ENGLISH, CaptionForm.FULL, seed)
                    .stated()
                    .size();
        }
        assertThat(full).isGreaterThan(brief * 1.7);
    }

    @Test
    void oneSceneIsWordedInManyWays() {
        Scene scene = WORLD.scene(1);
        long different = Stream.iterate(0L, seed -> seed + 1)
                .limit(200)
                .map(seed -> Captioner.caption(scene, Language.ENGLISH, CaptionForm.SENTENCE, seed)
                        .text())
                .distinct()
                .count();
        assertThat(different).isGreaterThan(40);
    }

    @Test
    void sentencesAreWellFormed() {
        for (long seed = 0; seed < 2_000; seed++) {
            String text = Captioner.caption(WORLD.scene(seed), Language.ENGLISH, CaptionForm.FULL, seed)
                    .text();
            assertThat(text).matches("\\p{Lu}.*\\.").doesNotContain("  ", " ,", " .", ",,");
            assertThat(text)
                    .doesNotContainPattern("\\ba (?!uni|ewe|eu|one|use)[aeiou]")
                    .doesNotContainPattern("\\ban (?!hour|SUV|X-ray|[AEIO])[^aeiou]");
        }
    }

    /** A stage from which an edit took everything among them. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whatEditsLeaveHasAlwaysWords(Language language) {
        boolean empty = false;
        for (long seed = 0; seed < 600; seed++) {
            Scene left = WORLD.edit(seed).target();
            for (CaptionForm form : CaptionForm.values()) {
                assertThat(Captioner.caption(left, language, form, seed).text())
                        .as("%s %s", form, left)
                        .matches("(?U)\\w.*");
            }
            empty |= left.setting() instanceof Studio && left.subjects().isEmpty();
        }
        assertThat(empty).isTrue();
    }
}
