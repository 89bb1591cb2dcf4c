package dev.atelier.world.scene;

/** What a floor is made of. */
public enum Floor implements Term {
    WOOD("wooden|parquet", "木|木质"),
    TILES("tiled", "瓷砖"),
    CARPET("carpeted", "地毯");

    private final Words words;

    Floor(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
