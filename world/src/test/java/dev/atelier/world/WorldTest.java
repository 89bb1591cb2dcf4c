package dev.atelier.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.world.caption.Language;
import dev.atelier.world.scene.Attributes;
import dev.atelier.world.scene.Fact;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
    private static final World FULL = World.of(WorldConfig.full());
    private static final World SIMPLE = World.of(WorldConfig.simple());

    @Test
    void theSameSeedGivesTheSame() {
        World again = World.of(WorldConfig.full());
        for (long seed = 0; seed < 200; seed++) {
            assertThat(again.sample(seed)).isEqualTo(FULL.sample(seed));
            assertThat(again.edit(seed)).isEqualTo(FULL.edit(seed));
            assertThat(again.composition(seed)).isEqualTo(FULL.composition(seed));
            assertThat(again.sequence(seed, 3)).isEqualTo(FULL.sequence(seed, 3));
        }
    }

    /** Seeds stand in recipes and galleries: a change of this value changes every one of them, on purpose or not. */
    @Test
    void scenesAreTheSameOnEveryMachine() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long seed = 0; seed < 100; seed++) {
            digest.update(FULL.scene(seed).toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8)).isEqualTo("85cb95e1c5fdc8b1");
    }

    @Test
    void twoThousandSeedsGiveScenesOfEveryFamilyAndStyle() {
        Set<Family> families = EnumSet.noneOf(Family.class);
        Set<Style> styles = EnumSet.noneOf(Style.class);
        Set<Scene> scenes = new HashSet<>();
        for (long seed = 0; seed < 2_000; seed++) {
            Sample sample = FULL.sample(seed);
            families.add(sample.scene().family());
            styles.add(sample.scene().style());
            scenes.add(sample.scene());
            assertThat(sample.caption().text()).isNotBlank();
        }
        assertThat(families).containsExactlyInAnyOrder(Family.values());
        assertThat(styles).containsExactlyInAnyOrder(Style.values());
        assertThat(scenes).hasSize(2_000);
    }

    @Test
    void theSimpleWorldKeepsToItsVocabulary() {
        WorldConfig config = WorldConfig.simple();
        Set<Object> nouns = new HashSet<>();
        for (long seed = 0; seed < 2_000; seed++) {
            Scene scene = SIMPLE.scene(seed);
            assertThat(scene.style()).isEqualTo(Style.SOFT);
            assertThat(config.families()).containsKey(scene.family());
            assertThat(scene.subjects()).hasSizeLessThanOrEqualTo(2);
            assertThat(Attributes.of(scene).facts())
                    .extracting(Fact::value)
                    .doesNotContainAnyElementsOf(config.excluded());
            scene.subjects().stream().map(Subject::kind).forEach(nouns::add);
        }
        assertThat(nouns).hasSizeBetween(25, 40);
    }

    @Test
    void heldOutCombinationsComeUpOnlyWhenAskedFor() {
        List<Combination> heldOut = FULL.config().heldOut();
        for (long seed = 0; seed < 300; seed++) {
            assertThat(heldOut).noneMatch(in(FULL.scene(seed)));
            assertThat(heldOut).noneMatch(in(FULL.edit(seed).target()));
            assertThat(heldOut).noneMatch(in(FULL.composition(seed).target()));
        }
        for (long seed = 0; seed < 30; seed++) {
            assertThat(heldOut).anyMatch(in(FULL.heldOutScene(seed)));
        }
    }

    private static Predicate<Combination> in(Scene scene) {
        return combination -> combination.isIn(scene);
    }

    @Test
    void aThirdOfTheCaptionsAreChinese() {
        int chinese = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            chinese += FULL.caption(FULL.scene(seed), seed).language() == Language.CHINESE ? 1 : 0;
        }
        assertThat(chinese).isBetween(300, 400);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void sequencesFollowOneSubject(int shots) {
        for (World world : List.of(FULL, SIMPLE)) {
            for (long seed = 0; seed < 100; seed++) {
                ShotSequence sequence = world.sequence(seed, shots);

                assertThat(sequence.shots()).hasSize(shots);
                assertThat(sequence.identity()).isNotBlank();
                assertThat(sequence.shots()).allSatisfy(shot -> {
                    Subject subject = shot.subjects().getFirst();
                    assertThat(subject.kind()).isEqualTo(sequence.constant().kind());
                    assertThat(SceneGenerator.coloursOf(subject))
                            .isEqualTo(SceneGenerator.coloursOf(sequence.constant()));
                    assertThat(shot.style())
                            .isEqualTo(sequence.shots().getFirst().style());
                });
            }
        }
    }

    @Test
    void compositionsTakeTheirPartsFromTheirReferences() {
        for (long seed = 0; seed < 300; seed++) {
            Composition composition = FULL.composition(seed);
            Scene target = composition.target();

            assertThat(composition.references()).hasSizeBetween(2, 3);
            assertThat(composition.references())
                    .anySatisfy(reference -> assertThat(reference.setting()).isEqualTo(target.setting()));
            assertThat(composition.references())
                    .anySatisfy(reference -> assertThat(reference.style()).isEqualTo(target.style()));
            assertThat(target.subjects())
                    .allSatisfy(subject -> assertThat(composition.references())
                            .anySatisfy(reference -> assertThat(reference.subjects())
                                    .anySatisfy(part ->
                                            assertThat(part.at(subject.side())).isEqualTo(subject))));
        }
    }

    @Test
    void theSimpleWorldEditsAndComposesToo() {
        for (long seed = 0; seed < 500; seed++) {
            assertThat(SIMPLE.edit(seed).instruction()).isNotBlank();
            assertThat(SIMPLE.composition(seed).instruction()).isNotBlank();
        }
    }

    @Test
    void outOfBoundsIsAnError() {
        WorldConfig full = WorldConfig.full();
        assertThatThrownBy(() -> FULL.sequence(1, 9)).hasMessageContaining("shots: 9, 2 to 8 expected");
        assertThatThrownBy(() -> new WorldConfig(
                        full.families(), full.styles(), full.captionForms(), 1.5, Set.of(), 3, List.of()))
                .hasMessageContaining("chineseShare: 1.5");
        assertThatThrownBy(() -> new WorldConfig(
                        Map.of(Family.ROOM, -1.0), full.styles(), full.captionForms(), 0, Set.of(), 3, List.of()))
                .hasMessageContaining("families");
    }
}
