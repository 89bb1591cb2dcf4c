package dev.atelier.world.scene;

/** Season, as the vegetation shows it. */
public enum Season implements Term {
    SPRING("spring|springtime", "春天|春季"),
    SUMMER("summer|summertime", "夏天|夏季"),
    AUTUMN("autumn|fall", "秋天|秋季"),
    WINTER("winter|wintertime", "冬天|冬季");

    private final Words words;

    Season(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
