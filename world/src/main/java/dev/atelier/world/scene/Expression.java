package dev.atelier.world.scene;

/** What a face shows. */
public enum Expression implements Term {
    HAPPY("happy|smiling|cheerful", "开心|微笑|快乐"),
    SAD("sad|unhappy", "悲伤|难过"),
    SURPRISED("surprised|astonished", "惊讶|吃惊"),
    SLEEPY("sleepy|drowsy", "困倦|犯困"),
    ANGRY("angry|cross", "生气|愤怒");

    private final Words words;

    Expression(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
