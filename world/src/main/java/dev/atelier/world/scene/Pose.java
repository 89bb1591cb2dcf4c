package dev.atelier.world.scene;

/** How a person stands. */
public enum Pose implements Term {
    STANDING("standing", "站着|站立"),
    WAVING("waving|waving one hand", "挥手|招手"),
    ARMS_UP("raising both arms|with both arms up", "举起双手|高举双臂"),
    HANDS_ON_HIPS("with hands on hips", "双手叉腰");

    private final Words words;

    Pose(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
