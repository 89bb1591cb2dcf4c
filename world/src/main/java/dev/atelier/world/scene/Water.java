package dev.atelier.world.scene;

/** Still or flowing fresh water in a landscape; the sea is a {@link Terrain}. */
public enum Water implements Term {
    NONE("no water", "无水"),
    LAKE("lake|calm lake|quiet lake", "湖|湖泊|湖水"),
    RIVER("river|winding river", "河|河流|小河");

    private final Words words;

    Water(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
