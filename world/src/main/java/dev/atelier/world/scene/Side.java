package dev.atelier.world.scene;

/** Where in the width of the picture something is. */
public enum Side implements Term {
    LEFT("left", "左"),
    CENTRE("middle|center", "中间|中央"),
    RIGHT("right", "右");

    private final Words words;

    Side(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
