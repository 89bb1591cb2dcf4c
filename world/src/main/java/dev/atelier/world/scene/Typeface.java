package dev.atelier.world.scene;

/** How printed letters are drawn. */
public enum Typeface implements Term {
    SANS("bold sans-serif|sans-serif", "黑体"),
    SERIF("serif", "宋体"),
    ROUND("playful|cartoon", "卡通字体|俏皮字体"),
    BRUSH("brush|handwritten brush", "毛笔字|书法字体");

    private final Words words;

    Typeface(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
