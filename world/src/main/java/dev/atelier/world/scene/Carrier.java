package dev.atelier.world.scene;

/** What an {@link Inscription} stands on. */
public enum Carrier implements Term {
    POSTER("poster", "海报"),
    SIGN("sign|signboard", "招牌|标牌"),
    LABEL("label|tag", "标签"),
    MUG("mug|cup", "马克杯|杯子"),
    SHOP_FRONT("shop front|storefront|shop", "店面|商店|店铺"),
    SCREEN("laptop screen|screen|computer screen", "屏幕|电脑屏幕"),
    /** The picture itself, above what it shows. */
    TITLE("title", "标题");

    private final Words words;

    Carrier(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
