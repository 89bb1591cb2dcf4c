package dev.atelier.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.caption.Language;
import dev.atelier.world.render.Inscribed;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Carrier;
import dev.atelier.world.scene.Characters;
import dev.atelier.world.scene.Inscription;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Nouns;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Typeface;
import dev.atelier.world.scene.UnseenWords;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InscriptionTest {
    private static final World WORLD = World.of(WorldConfig.full());
    private static final int SIDE = 96;

    @Test
    void everyCarrierAndBothScriptsComeUpAndHalfOfTheLettersAreNoWords() {
        Map<Carrier, Integer> carriers = new EnumMap<>(Carrier.class);
        Set<Script> scripts = EnumSet.noneOf(Script.class);
        int words = 0;
        int single = 0;
        for (int seed = 0; seed < 600; seed++) {
            Inscription inscription = WORLD.inscription(seed);
            carriers.merge(inscription.carrier(), 1, Integer::sum);
            scripts.add(inscription.script());
            assertThat(UnseenWords.contains(inscription.letters())).isFalse();
            if (!inscription.letters().contains(" ")) {
                single++;
                words += isWord(inscription.letters()) ? 1 : 0;
            }
        }

        assertThat(carriers)
                .hasSize(Carrier.values().length)
                .allSatisfy((_, count) -> assertThat(count).isGreaterThan(20));
        assertThat(scripts).containsExactlyInAnyOrder(Script.values());
        assertThat((double) words / single).isBetween(0.4, 0.65);
    }

    private static boolean isWord(String letters) {
        Stream<Term> terms = Stream.concat(Stream.of(Slogan.values()), Nouns.all().stream());
        return terms.anyMatch(term -> term.words().english().stream().anyMatch(letters::equalsIgnoreCase)
                || term.words().chinese().contains(letters));
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void thePictureDiffersFromItselfWithOtherLettersJustWhereTheReferenceHasLetters(Carrier carrier) {
        for (long seed = 0; seed < 3; seed++) {
            Inscription one = WORLD.inscription(seed, carrier, Script.LATIN, "HMMH");
            Inscription other =
                    new Inscription(carrier, "OOO", one.script(), one.typeface(), one.ink(), one.ground(), one.scene());
            Inscribed with = SceneRenderer.render(one, SIDE, SIDE);
            Inscribed without = SceneRenderer.render(other, SIDE, SIDE);

            int letters = 0;
            int changed = 0;
            int beside = 0;
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean differs = differs(with.picture(), without.picture(), x, y);
                    boolean near = near(with.letters(), x, y) || near(without.letters(), x, y);
                    letters += dark(with.letters(), x, y) ? 1 : 0;
                    changed += differs ? 1 : 0;
                    beside += differs && !near ? 1 : 0;
                }
            }
            assertThat(letters).as(carrier + " " + seed).isGreaterThan(60);
            assertThat(changed).as(carrier + " " + seed).isGreaterThan(40);
            assertThat(beside).as(carrier + " " + seed).isZero();
        }
    }

    private static boolean differs(Picture one, Picture other, int x, int y) {
        byte[] a = one.toBytes();
        byte[] b = other.toBytes();
        int at = 3 * (y * SIDE + x);
        return Math.abs((a[at] & 0xff) - (b[at] & 0xff))
                        + Math.abs((a[at + 1] & 0xff) - (b[at + 1] & 0xff))
                        + Math.abs((a[at + 2] & 0xff) - (b[at + 2] & 0xff))
                > 24;
    }

    private static boolean dark(Picture letters, int x, int y) {
        return (letters.toBytes()[3 * (y * SIDE + x)] & 0xff) < 128;
    }

    /** Within five pixels of a letter: styles add glows, shadows and rims. */
    private static boolean near(Picture letters, int x, int y) {
        byte[] rgb = letters.toBytes();
        for (int dy = -5; dy <= 5; dy++) {
            for (int dx = -5; dx <= 5; dx++) {
                int px = Math.clamp(x + dx, 0, SIDE - 1);
                int py = Math.clamp(y + dy, 0, SIDE - 1);
                if ((rgb[3 * (py * SIDE + px)] & 0xff) < 250) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void theReferenceIsBlackOnWhite() {
        byte[] rgb =
                SceneRenderer.render(WORLD.inscription(5), SIDE, SIDE).letters().toBytes();

        for (int i = 0; i < rgb.length; i += 3) {
            assertThat(rgb[i]).isEqualTo(rgb[i + 1]).isEqualTo(rgb[i + 2]);
        }
        assertThat(rgb[0]).isEqualTo((byte) 255);
        assertThat(rgb).contains(0);
    }

    @Test
    void thePromptQuotesTheLettersAndEndsWithThePhraseOfItsLanguage() {
        Set<String> quotes = Set.of("\"%s\"", "“%s”", "'%s'", "「%s」");
        for (int seed = 0; seed < 300; seed++) {
            Inscription inscription = WORLD.inscription(seed);

            String english = WORLD.prompt(inscription, seed, Language.ENGLISH);
            String chinese = WORLD.prompt(inscription, seed, Language.CHINESE);

            assertThat(english).endsWith(", with the text of image 1").doesNotContain(".,");
            assertThat(chinese).endsWith("，文字如图1");
            for (String prompt : new String[] {english, chinese}) {
                assertThat(quotes)
                        .as(prompt)
                        .anyMatch(quote -> prompt.contains(quote.formatted(inscription.letters())));
            }
        }
    }

    @Test
    void unseenWordsCanBePrintedAndAreNoWordsOfTheWorld() {
        assertThat(UnseenWords.english()).allSatisfy(word -> assertThat(word).matches("[A-Z]{3,8}"));
        assertThat(UnseenWords.chinese()).allSatisfy(word -> {
            assertThat(word.codePointCount(0, word.length())).isBetween(1, 4);
            assertThat(Characters.print(word)).as(word).isTrue();
        });
        for (Noun noun : Nouns.all()) {
            assertThat(noun.words().english()).noneMatch(UnseenWords::contains);
            assertThat(noun.words().chinese()).noneMatch(UnseenWords::contains);
        }
        for (Slogan slogan : Slogan.values()) {
            assertThat(slogan.words().english()).noneMatch(UnseenWords::contains);
            assertThat(slogan.words().chinese()).noneMatch(UnseenWords::contains);
        }
    }

    @Test
    void aWordIsTheSameForTheSameSeedAndItsTypefaceHasItsLetters() {
        assertThat(WORLD.inscription(11)).isEqualTo(WORLD.inscription(11));
        for (int seed = 0; seed < 200; seed++) {
            Inscription inscription = WORLD.inscription(seed);
            if (inscription.script() == Script.CHINESE) {
                assertThat(inscription.typeface()).isNotEqualTo(Typeface.BRUSH);
            }
        }
        byte[] once =
                SceneRenderer.render(WORLD.inscription(3), SIDE, SIDE).picture().toBytes();
        assertThat(SceneRenderer.render(WORLD.inscription(3), SIDE, SIDE)
                        .picture()
                        .toBytes())
                .isEqualTo(once);
    }
}
