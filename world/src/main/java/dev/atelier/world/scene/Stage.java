package dev.atelier.world.scene;

/** What a product stands on. */
public enum Stage implements Term {
    PODIUM("round podium|podium|pedestal", "圆形展台|展台"),
    TABLE("wooden table|table", "木桌|桌子"),
    FLOOR("studio floor|plain floor", "摄影棚地面|素色地面"),
    BLOCKS("stone blocks|blocks", "石块");

    private final Words words;

    Stage(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    /** Whether each thing has a stand of its own. */
    public boolean carriesEach() {
        return this == PODIUM || this == BLOCKS;
    }

    @Override
    public Words words() {
        return words;
    }
}
