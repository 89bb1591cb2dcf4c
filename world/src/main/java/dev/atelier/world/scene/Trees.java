package dev.atelier.world.scene;

/** The trees that stand in a landscape. */
public enum Trees implements Term {
    NONE("no trees", "没有树"),
    PINES("pine trees|pines|fir trees", "松树|杉树"),
    BROADLEAF("leafy trees|round trees", "阔叶树|圆圆的树"),
    PALMS("palm trees|palms", "棕榈树|椰子树"),
    CACTI("cacti|cactus plants", "仙人掌");

    private final Words words;

    Trees(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
