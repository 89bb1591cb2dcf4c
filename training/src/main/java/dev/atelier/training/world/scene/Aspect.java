package dev.atelier.training.world.scene;

import java.util.List;

/** What a {@link Fact} is about, each with a closed vocabulary. Subjects are numbered from left to right. */
public enum Aspect {
    FAMILY(Family.values()),
    STYLE(Style.values()),
    TERRAIN(Terrain.values()),
    WATER(Water.values()),
    TREES(Trees.values()),
    SEASON(Season.values()),
    TIME(Time.values()),
    WEATHER(Weather.values()),
    LIGHT_SIDE(Side.values()),
    STAGE(Stage.values()),
    BACKDROP(Hue.values()),
    THING_1(ThingKind.values()),
    THING_2(ThingKind.values()),
    THING_3(ThingKind.values()),
    STRUCTURE(StructureKind.values()),
    ROOF_COLOUR(Hue.values()),
    COLOUR_1(Hue.values()),
    COLOUR_2(Hue.values()),
    COLOUR_3(Hue.values()),
    MATERIAL_1(Material.values()),
    MATERIAL_2(Material.values()),
    MATERIAL_3(Material.values()),
    SIDE_1(Side.values()),
    SIDE_2(Side.values()),
    SIDE_3(Side.values());

    private final List<Term> vocabulary;

    Aspect(Term... vocabulary) {
        this.vocabulary = List.of(vocabulary);
    }

    /** The possible values; the index of a value is its label. */
    public List<Term> vocabulary() {
        return vocabulary;
    }

    static Aspect colour(int subject) {
        return List.of(COLOUR_1, COLOUR_2, COLOUR_3).get(subject);
    }

    static Aspect side(int subject) {
        return List.of(SIDE_1, SIDE_2, SIDE_3).get(subject);
    }

    static Aspect material(int subject) {
        return List.of(MATERIAL_1, MATERIAL_2, MATERIAL_3).get(subject);
    }

    static Aspect thing(int subject) {
        return List.of(THING_1, THING_2, THING_3).get(subject);
    }
}
