package dev.atelier.world.scene;

/** The land of a landscape. */
public enum Terrain implements Term {
    MOUNTAINS("mountains|mountain range|high peaks", "山脉|群山|高山"),
    HILLS("hills|rolling hills|low hills", "丘陵|山丘"),
    FOREST("forest|woods|woodland", "森林|树林"),
    DESERT("desert|sand dunes|dunes", "沙漠|沙丘"),
    COAST("sea|ocean|seaside", "大海|海洋|海边"),
    CITY("city skyline|city|skyline", "城市天际线|城市"),
    CLOUDSCAPE("sea of clouds|sky above the clouds", "云海|云上的天空");

    private final Words words;

    Terrain(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
