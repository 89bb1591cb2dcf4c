package dev.atelier.world.scene;

/** What a thing is made of, as its shading shows. */
public enum Material implements Term {
    MATTE("matte", "哑光"),
    GLOSSY("glossy|shiny", "亮面|光亮"),
    METAL("metallic|metal", "金属"),
    GLASS("glass|transparent glass", "玻璃|透明玻璃"),
    WOOD("wooden|wood", "木制|木质");

    private final Words words;

    Material(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
