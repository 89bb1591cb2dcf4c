package dev.atelier.world.scene;

/** What an {@link Animal} is. */
public enum AnimalKind implements Term {
    CAT("cat|kitten", "猫|小猫"),
    DOG("dog|puppy", "狗|小狗"),
    RABBIT("rabbit|bunny", "兔子|小兔"),
    FOX("fox", "狐狸"),
    BEAR("bear|bear cub", "熊|小熊"),
    PANDA("panda", "熊猫"),
    PIG("pig|piglet", "猪|小猪"),
    MOUSE("mouse", "老鼠"),
    FROG("frog", "青蛙"),
    OWL("owl", "猫头鹰"),
    PENGUIN("penguin", "企鹅"),
    LION("lion", "狮子");

    private final Words words;

    AnimalKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
