package dev.atelier.world.scene;

import java.util.Set;

/** What a {@link Structure} is. */
public enum StructureKind implements Term {
    CABIN("cabin|wooden cabin|hut", "小木屋|木屋"),
    HOUSE("house", "房子|房屋"),
    TOWER("tower|stone tower", "塔楼|石塔"),
    LIGHTHOUSE("lighthouse", "灯塔"),
    WINDMILL("windmill", "风车"),
    CASTLE("castle", "城堡"),
    PAGODA("pagoda|temple tower", "宝塔"),
    BARN("barn", "谷仓"),
    SKYSCRAPER("skyscraper|high-rise", "摩天大楼|高楼"),
    TENT("tent", "帐篷"),
    SAILBOAT("sailboat|boat", "帆船"),
    BALLOON("hot air balloon|balloon", "热气球");

    private static final Set<StructureKind> ROOFLESS = Set.of(TOWER, SKYSCRAPER, TENT, SAILBOAT, BALLOON);

    private final Words words;

    StructureKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    /** Whether it has a roof in a colour of its own. */
    public boolean hasRoof() {
        return !ROOFLESS.contains(this);
    }

    @Override
    public Words words() {
        return words;
    }
}
