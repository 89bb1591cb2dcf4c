package dev.atelier.world.scene;

/** What is worn on the head. */
public enum Headwear implements Term {
    NONE("no hat", "没戴帽子"),
    HAT("hat|wide hat", "帽子|宽檐帽"),
    CAP("cap|baseball cap", "鸭舌帽|棒球帽"),
    BEANIE("beanie|woolly hat", "毛线帽|针织帽"),
    CROWN("crown", "王冠"),
    BOW("hair bow|bow", "蝴蝶结|发饰蝴蝶结");

    private final Words words;

    Headwear(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
