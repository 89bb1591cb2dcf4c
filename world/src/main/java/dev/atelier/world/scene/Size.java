package dev.atelier.world.scene;

/** How large a subject is drawn. */
public enum Size implements Term {
    SMALL("small|little", "小|小巧的"),
    MEDIUM("medium-sized", "中等大小的"),
    LARGE("large|big", "大|大大的");

    private final Words words;

    Size(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
