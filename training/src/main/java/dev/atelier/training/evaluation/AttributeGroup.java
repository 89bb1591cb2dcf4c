package dev.atelier.training.evaluation;

import dev.atelier.world.scene.Aspect;

/** Aspects whose scores are added up, as a reader of the table would group them. */
public enum AttributeGroup {
    MANNER("family and style"),
    SKY("sky and time of day"),
    LAND("terrain, water, trees, season"),
    OBJECT_KIND("object kind"),
    NOUN("things of the table of nouns"),
    NUMBER("how many"),
    OBJECT_COLOUR("object colour"),
    MATERIAL("material"),
    PLACEMENT("left, middle, right"),
    FIGURE("clothes, hair, expression, pose"),
    PLACE("stage, backdrop, room"),
    PRINT("medium, word, typeface, ink"),
    DIAGRAM("diagram");

    private final String label;

    AttributeGroup(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static AttributeGroup of(Aspect aspect) {
        return switch (aspect) {
            case FAMILY, STYLE -> MANNER;
            case TIME, WEATHER, LIGHT_SIDE -> SKY;
            case TERRAIN, WATER, TREES, SEASON -> LAND;
            case THING_1, THING_2, THING_3, FURNITURE_1, FURNITURE_2, FURNITURE_3, STRUCTURE, PERSON, ANIMAL ->
                OBJECT_KIND;
            case NOUN_1, NOUN_2, NOUN_3 -> NOUN;
            case NUMBER_1, NUMBER_2, NUMBER_3 -> NUMBER;
            case COLOUR_1, COLOUR_2, COLOUR_3, ROOF_COLOUR, ACCENT, HAIR_COLOUR -> OBJECT_COLOUR;
            case MATERIAL_1, MATERIAL_2, MATERIAL_3 -> MATERIAL;
            case SIDE_1, SIDE_2, SIDE_3 -> PLACEMENT;
            case HAIR, GARMENT, HEADWEAR, WEARABLE, EXPRESSION, POSE -> FIGURE;
            case STAGE, BACKDROP, ROOM, FLOOR -> PLACE;
            case MEDIUM, WORD, SCRIPT, TYPEFACE, INK -> PRINT;
            case CHART, PARTS, PART_1, PART_2, PART_3 -> DIAGRAM;
        };
    }
}
