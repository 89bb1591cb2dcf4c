package dev.atelier.world.scene;

/** The script that words are printed in. */
public enum Script implements Term {
    LATIN("English", "英文"),
    CHINESE("Chinese", "中文");

    private final Words words;

    Script(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
