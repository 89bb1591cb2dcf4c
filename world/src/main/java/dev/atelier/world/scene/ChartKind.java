package dev.atelier.world.scene;

/** What a {@link Chart} is. */
public enum ChartKind implements Term {
    BARS("bar chart|bar graph", "柱状图|条形图"),
    PIE("pie chart", "饼图"),
    LINE("line chart|line graph", "折线图"),
    FLOW("flow chart|flow diagram", "流程图"),
    CYCLE("cycle diagram|circular diagram", "循环图"),
    PYRAMID("pyramid diagram|pyramid chart", "金字塔图");

    private final Words words;

    ChartKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
