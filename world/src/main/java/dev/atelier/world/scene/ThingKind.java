package dev.atelier.world.scene;

import java.util.EnumSet;
import java.util.Set;

/** What a {@link Thing} is. */
public enum ThingKind implements Term {
    VASE("vase", "花瓶"),
    MUG("mug|cup", "杯子|马克杯"),
    BOTTLE("bottle", "瓶子"),
    TEAPOT("teapot", "茶壶"),
    BOWL("bowl", "碗"),
    LAMP("table lamp|desk lamp", "台灯"),
    CANDLE("candle", "蜡烛"),
    SPHERE("ball|sphere", "球|球体"),
    CUBE("cube", "立方体"),
    CONE("cone", "圆锥"),
    CYLINDER("cylinder", "圆柱体"),
    PYRAMID("pyramid", "金字塔形积木"),
    APPLE("apple", "苹果"),
    PEAR("pear", "梨"),
    MUSHROOM("mushroom", "蘑菇"),
    FLOWER("flower", "花|花朵"),
    POTTED_PLANT("potted plant", "盆栽"),
    CAKE("cake", "蛋糕"),
    ICE_CREAM("ice cream cone|ice cream", "冰淇淋"),
    GIFT("gift box|present", "礼盒|礼物"),
    HANDBAG("handbag|bag", "手提包"),
    SNEAKER("sneaker|sports shoe", "运动鞋"),
    PERFUME("perfume bottle|bottle of perfume", "香水|香水瓶"),
    HEADPHONES("headphones", "耳机"),
    CAMERA("camera", "相机|照相机"),
    CLOCK("alarm clock|clock", "闹钟"),
    BOOK("book", "书"),
    UMBRELLA("umbrella", "雨伞"),
    CAR("toy car|car", "玩具车|小汽车"),
    CHAIR("chair", "椅子");

    private static final Set<ThingKind> SHADED =
            EnumSet.of(VASE, MUG, BOTTLE, TEAPOT, BOWL, SPHERE, CYLINDER, CONE, APPLE, PEAR, PERFUME);

    private final Words words;

    ThingKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    /** Whether its shape shows what it is made of. */
    public boolean showsMaterial() {
        return SHADED.contains(this);
    }

    @Override
    public Words words() {
        return words;
    }
}
