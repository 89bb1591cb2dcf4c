package dev.atelier.world.scene;

/** How hair is worn. */
public enum HairStyle implements Term {
    SHORT("short", "短"),
    LONG("long", "长"),
    CURLY("curly", "卷"),
    BUN("tied-up", "盘"),
    PIGTAILS("braided", "辫");

    private final Words words;

    HairStyle(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
