package dev.atelier.world.scene;

/** What an animal wears. */
public enum Wearable implements Term {
    NONE("nothing", "没有配饰"),
    SCARF("scarf", "围巾"),
    BOW_TIE("bow tie", "领结"),
    PARTY_HAT("party hat", "派对帽|尖帽子");

    private final Words words;

    Wearable(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
