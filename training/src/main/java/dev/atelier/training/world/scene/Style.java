package dev.atelier.training.world.scene;

/** How a picture is drawn. */
public enum Style implements Term {
    SOFT("soft illustration|digital painting|smooth illustration", "柔和插画|数字绘画"),
    FLAT("flat illustration|flat design|flat vector art", "扁平插画|扁平风格|扁平设计"),
    PAINTERLY("oil painting|painting with brush strokes", "油画|油画风格"),
    LINE_ART("line art|ink drawing|line drawing", "线稿|线描|钢笔画"),
    NEON("neon art|neon glow|glowing neon style", "霓虹风格|霓虹艺术"),
    PAPER_CUT("paper cut|paper cut art|layered paper art", "剪纸|剪纸风格|纸雕");

    private final Words words;

    Style(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
