package dev.atelier.world.scene;

/** How a picture is drawn. */
public enum Style implements Term {
    SOFT("soft illustration|digital painting|smooth illustration", "柔和插画|数字绘画"),
    FLAT("flat illustration|flat design|flat vector art", "扁平插画|扁平风格|扁平设计"),
    PAINTERLY("oil painting|painting with brush strokes", "油画|油画风格"),
    LINE_ART("line art|ink drawing|line drawing", "线稿|线描|钢笔画"),
    NEON("neon art|neon glow|glowing neon style", "霓虹风格|霓虹艺术"),
    PAPER_CUT("paper cut|paper cut art|layered paper art", "剪纸|剪纸风格|纸雕"),
    CARTOON("cartoon|cartoon style|cartoon illustration", "卡通|卡通风格|卡通插画");

    private final Words words;

    Style(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    /** Whether shading is drawn, by which materials are told apart. */
    public boolean shades() {
        return this == SOFT || this == PAINTERLY || this == CARTOON;
    }

    /** Whether large areas keep the colour of what they show. */
    public boolean colours() {
        return this != NEON && this != LINE_ART;
    }

    /** Whether a subject in this colour can be told from one in another. */
    public boolean shows(Hue hue) {
        return switch (this) {
            case SOFT, FLAT, PAINTERLY, PAPER_CUT, CARTOON -> true;
            case LINE_ART -> hue != Hue.BLACK && hue != Hue.GREY && hue != Hue.WHITE;
            case NEON -> hue != Hue.BLACK && hue != Hue.GREY && hue != Hue.BROWN && hue != Hue.WHITE;
        };
    }

    @Override
    public Words words() {
        return words;
    }
}
