package dev.atelier.world.scene;

/** What words are printed on. */
public enum Medium implements Term {
    POSTER("poster", "海报"),
    SIGN("sign|signboard", "招牌|标牌"),
    LABEL("label|tag", "标签");

    private final Words words;

    Medium(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
