package dev.atelier.world.scene;

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
    /** Where the sun or the moon is. */
    LIGHT_SIDE(Side.values()),
    STAGE(Stage.values()),
    /** The colour of a backdrop, a room's wall or printed paper. */
    BACKDROP(Hue.values()),
    ROOM(RoomKind.values()),
    FLOOR(Floor.values()),
    THING_1(ThingKind.values()),
    THING_2(ThingKind.values()),
    THING_3(ThingKind.values()),
    FURNITURE_1(FurnitureKind.values()),
    FURNITURE_2(FurnitureKind.values()),
    FURNITURE_3(FurnitureKind.values()),
    STRUCTURE(StructureKind.values()),
    ROOF_COLOUR(Hue.values()),
    PERSON(PersonKind.values()),
    ANIMAL(AnimalKind.values()),
    HAIR(HairStyle.values()),
    HAIR_COLOUR(HairColour.values()),
    GARMENT(Garment.values()),
    HEADWEAR(Headwear.values()),
    WEARABLE(Wearable.values()),
    /** The colour of headwear, or of what an animal wears. */
    ACCENT(Hue.values()),
    EXPRESSION(Expression.values()),
    POSE(Pose.values()),
    COLOUR_1(Hue.values()),
    COLOUR_2(Hue.values()),
    COLOUR_3(Hue.values()),
    MATERIAL_1(Material.values()),
    MATERIAL_2(Material.values()),
    MATERIAL_3(Material.values()),
    SIDE_1(Side.values()),
    SIDE_2(Side.values()),
    SIDE_3(Side.values()),
    MEDIUM(Medium.values()),
    WORD(Slogan.values()),
    SCRIPT(Script.values()),
    TYPEFACE(Typeface.values()),
    /** The colour of printed letters. */
    INK(Hue.values()),
    CHART(ChartKind.values()),
    PARTS(Count.values()),
    /** The colour of all parts of a diagram, or of its first part. */
    PART_1(Hue.values()),
    PART_2(Hue.values()),
    PART_3(Hue.values()),
    /** How many of subject 1 there are, where it is more than one. */
    NUMBER_1(Count.values()),
    NUMBER_2(Count.values()),
    NUMBER_3(Count.values()),
    /** What is drawn as subject 1. The largest vocabularies come last, see {@link Labels#BLOCKS}. */
    NOUN_1(Nouns.all().toArray(Noun[]::new)),
    NOUN_2(Nouns.all().toArray(Noun[]::new)),
    NOUN_3(Nouns.all().toArray(Noun[]::new));

    private static final List<Aspect> THINGS = List.of(THING_1, THING_2, THING_3);
    private static final List<Aspect> FURNITURE = List.of(FURNITURE_1, FURNITURE_2, FURNITURE_3);
    private static final List<Aspect> COLOURS = List.of(COLOUR_1, COLOUR_2, COLOUR_3);
    private static final List<Aspect> MATERIALS = List.of(MATERIAL_1, MATERIAL_2, MATERIAL_3);
    private static final List<Aspect> SIDES = List.of(SIDE_1, SIDE_2, SIDE_3);
    private static final List<Aspect> PART_COLOURS = List.of(PART_1, PART_2, PART_3);
    private static final List<Aspect> NUMBERS = List.of(NUMBER_1, NUMBER_2, NUMBER_3);
    private static final List<Aspect> NOUNS = List.of(NOUN_1, NOUN_2, NOUN_3);

    private final List<Term> vocabulary;

    Aspect(Term... vocabulary) {
        this.vocabulary = List.of(vocabulary);
    }

    /** The possible values; the index of a value is its label. */
    public List<Term> vocabulary() {
        return vocabulary;
    }

    /** What kind of thing subject {@code index} (0 to 2) is. */
    public static Aspect thing(int index) {
        return THINGS.get(index);
    }

    /** What subject {@code index} (0 to 2) is a drawing of. */
    public static Aspect noun(int index) {
        return NOUNS.get(index);
    }

    /** How many of subject {@code index} (0 to 2) there are. */
    public static Aspect number(int index) {
        return NUMBERS.get(index);
    }

    /** What kind of furniture subject {@code index} (0 to 2) is. */
    public static Aspect furniture(int index) {
        return FURNITURE.get(index);
    }

    /** The colour of subject {@code index} (0 to 2). */
    public static Aspect colour(int index) {
        return COLOURS.get(index);
    }

    /** The material of subject {@code index} (0 to 2). */
    public static Aspect material(int index) {
        return MATERIALS.get(index);
    }

    /** Where subject {@code index} (0 to 2) stands. */
    public static Aspect side(int index) {
        return SIDES.get(index);
    }

    /** The colour of part {@code index} (0 to 2) of a diagram. */
    public static Aspect part(int index) {
        return PART_COLOURS.get(index);
    }
}
