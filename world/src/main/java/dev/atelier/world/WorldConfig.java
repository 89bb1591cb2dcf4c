package dev.atelier.world;

import dev.atelier.world.caption.CaptionForm;
import dev.atelier.world.scene.AnimalKind;
import dev.atelier.world.scene.Expression;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Material;
import dev.atelier.world.scene.Stage;
import dev.atelier.world.scene.StructureKind;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Term;
import dev.atelier.world.scene.Terrain;
import dev.atelier.world.scene.ThingKind;
import dev.atelier.world.scene.Time;
import dev.atelier.world.scene.Trees;
import dev.atelier.world.scene.Wearable;
import dev.atelier.world.scene.Weather;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a world holds and how often.
 *
 * @param families relative frequency of each family; an absent one does not occur
 * @param styles relative frequency of each style
 * @param captionForms relative frequency of each form of caption
 * @param chineseShare share of captions and instructions in Chinese, 0 to 1
 * @param excluded terms that never occur
 * @param maxThings most things on a stage, 1 to 3
 * @param heldOut combinations that only {@link World#heldOutScene} makes
 */
public record WorldConfig(
        Map<Family, Double> families,
        Map<Style, Double> styles,
        Map<CaptionForm, Double> captionForms,
        double chineseShare,
        Set<Term> excluded,
        int maxThings,
        List<Combination> heldOut) {

    private static final List<Combination> HELD_OUT = List.of(
            Combination.of(ThingKind.VASE, Hue.BLUE),
            Combination.of(ThingKind.APPLE, Hue.YELLOW),
            Combination.of(ThingKind.CUBE, Hue.PINK),
            Combination.of(ThingKind.MUG, Hue.GREEN),
            Combination.of(Terrain.DESERT, Time.NIGHT));

    private static final Set<Term> FINE_DETAIL = Set.of(
            Weather.RAIN,
            Weather.SNOWFALL,
            Terrain.CLOUDSCAPE,
            Trees.CACTI,
            Material.METAL,
            Stage.TABLE,
            Stage.BLOCKS,
            StructureKind.BARN,
            StructureKind.SKYSCRAPER,
            StructureKind.PAGODA,
            ThingKind.LAMP,
            ThingKind.CANDLE,
            ThingKind.CYLINDER,
            ThingKind.PYRAMID,
            ThingKind.POTTED_PLANT,
            ThingKind.CAKE,
            ThingKind.ICE_CREAM,
            ThingKind.SNEAKER,
            ThingKind.PERFUME,
            ThingKind.HEADPHONES,
            ThingKind.CAMERA,
            ThingKind.CLOCK,
            ThingKind.BOOK,
            ThingKind.UMBRELLA,
            ThingKind.CHAIR,
            AnimalKind.PIG,
            AnimalKind.MOUSE,
            AnimalKind.OWL,
            AnimalKind.LION,
            AnimalKind.FROG,
            AnimalKind.DOG,
            Wearable.BOW_TIE,
            Wearable.PARTY_HAT,
            Expression.ANGRY,
            Expression.SAD,
            Expression.SLEEPY);

    /** @throws IllegalArgumentException when a share is outside its range or nothing is left to draw */
    public WorldConfig {
        if (!(chineseShare >= 0 && chineseShare <= 1)) {
            throw new IllegalArgumentException("chineseShare: " + chineseShare + ", 0 to 1 expected");
        }
        if (maxThings < 1 || maxThings > 3) {
            throw new IllegalArgumentException("maxThings: " + maxThings + ", 1 to 3 expected");
        }
        families = weights("families", families, Family.class);
        styles = weights("styles", styles, Style.class);
        captionForms = weights("captionForms", captionForms, CaptionForm.class);
        excluded = Set.copyOf(excluded);
        heldOut = List.copyOf(heldOut);
    }

    /** Everything there is. */
    public static WorldConfig full() {
        return new WorldConfig(
                Map.of(
                        Family.LANDSCAPE, 4.0,
                        Family.PRODUCT, 3.0,
                        Family.CHARACTER, 2.5,
                        Family.ANIMAL, 2.0,
                        Family.ROOM, 1.5,
                        Family.BUILDING, 1.5,
                        Family.POSTER, 2.0,
                        Family.DIAGRAM, 1.0,
                        Family.THINGS, 12.0),
                Map.of(
                        Style.SOFT, 5.0,
                        Style.FLAT, 1.0,
                        Style.PAINTERLY, 1.0,
                        Style.LINE_ART, 1.0,
                        Style.NEON, 1.0,
                        Style.PAPER_CUT, 1.0,
                        Style.CARTOON, 1.0),
                forms(),
                0.35,
                Set.of(),
                3,
                HELD_OUT);
    }

    /**
     * What a model of a few million parameters can learn in an hour on two cores: one style, large plain shapes, about
     * forty nouns, one or two things, no falling rain or snow.
     */
    public static WorldConfig simple() {
        return new WorldConfig(
                Map.of(Family.LANDSCAPE, 5.0, Family.PRODUCT, 2.0, Family.ANIMAL, 1.0, Family.BUILDING, 1.0),
                Map.of(Style.SOFT, 1.0),
                forms(),
                0.25,
                FINE_DETAIL,
                2,
                HELD_OUT);
    }

    /** Whether scenes of {@code family} occur. */
    boolean draws(Family family) {
        return families.getOrDefault(family, 0.0) > 0;
    }

    boolean allows(Term term) {
        return !excluded.contains(term);
    }

    private static Map<CaptionForm, Double> forms() {
        return Map.of(CaptionForm.TAGS, 1.0, CaptionForm.SHORT, 1.5, CaptionForm.SENTENCE, 2.0, CaptionForm.FULL, 1.0);
    }

    private static <K extends Enum<K>> Map<K, Double> weights(String field, Map<K, Double> weights, Class<K> keys) {
        EnumMap<K, Double> ordered = new EnumMap<>(keys);
        ordered.putAll(weights);
        if (ordered.values().stream().anyMatch(weight -> !(weight >= 0))
                || ordered.values().stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException(
                    field + ": " + weights + ", weights from 0 up with one positive expected");
        }
        return Collections.unmodifiableMap(ordered);
    }
}
