package dev.atelier.world.scene;

/** The twelve colours that captions name, with the sRGB value each is drawn in before light and shade. */
public enum Hue implements Term {
    RED(0xD8323A, "red|crimson", "红色"),
    ORANGE(0xF08A2C, "orange", "橙色"),
    YELLOW(0xF5CB3D, "yellow", "黄色"),
    GREEN(0x3FA35B, "green", "绿色"),
    TEAL(0x23A6A6, "teal|turquoise", "青色|蓝绿色"),
    BLUE(0x2F6FD0, "blue", "蓝色"),
    PURPLE(0x7D4CC2, "purple|violet", "紫色"),
    PINK(0xF08FB4, "pink", "粉色|粉红色"),
    BROWN(0x8A5A35, "brown", "棕色|褐色"),
    WHITE(0xF4F2EC, "white", "白色"),
    BLACK(0x2B2B33, "black", "黑色"),
    GREY(0x8F959E, "grey|gray", "灰色");

    private final int rgb;
    private final Words words;

    Hue(int rgb, String english, String chinese) {
        this.rgb = rgb;
        this.words = Words.of(english, chinese);
    }

    /** {@code 0xRRGGBB}. */
    public int rgb() {
        return rgb;
    }

    @Override
    public Words words() {
        return words;
    }
}
