package dev.atelier.world.scene;

/** How many. */
public enum Count implements Term {
    TWO("two|2", "两"),
    THREE("three|3", "三"),
    FOUR("four|4", "四"),
    FIVE("five|5", "五"),
    SIX("six|6", "六");

    private final Words words;

    Count(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
