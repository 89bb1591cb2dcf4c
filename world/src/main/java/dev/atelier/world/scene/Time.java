package dev.atelier.world.scene;

/** Time of day. */
public enum Time implements Term {
    SUNRISE("sunrise|dawn|early morning", "日出|黎明|清晨"),
    DAY("day|daytime|midday", "白天|白昼|日间"),
    SUNSET("sunset|dusk|golden hour", "日落|黄昏|傍晚"),
    NIGHT("night|nighttime", "夜晚|夜间|夜色");

    private final Words words;

    Time(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
