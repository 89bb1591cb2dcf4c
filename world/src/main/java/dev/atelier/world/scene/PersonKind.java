package dev.atelier.world.scene;

/** Who a {@link Person} is. */
public enum PersonKind implements Term {
    GIRL("girl|young girl", "女孩|小女孩"),
    BOY("boy|young boy", "男孩|小男孩"),
    WOMAN("woman|lady", "女人|女士"),
    MAN("man|gentleman", "男人|男士"),
    ROBOT("robot", "机器人");

    private final Words words;

    PersonKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
