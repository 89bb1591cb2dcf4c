package dev.atelier.world.scene;

/** The colour of hair. */
public enum HairColour implements Term {
    BLACK("black", "黑色"),
    BROWN("brown", "棕色"),
    BLONDE("blonde|golden", "金色"),
    GINGER("red|ginger", "红色"),
    SILVER("white|silver", "白色|银色"),
    BLUE("blue", "蓝色"),
    PINK("pink", "粉色");

    private final Words words;

    HairColour(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
