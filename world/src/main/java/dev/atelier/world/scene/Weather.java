package dev.atelier.world.scene;

/** Weather outside. */
public enum Weather implements Term {
    CLEAR("clear|clear sky", "晴朗|晴天"),
    CLOUDY("cloudy|clouds", "多云|有云"),
    FOG("foggy|misty|fog", "有雾|雾气|薄雾"),
    RAIN("rainy|rain", "下雨|雨天"),
    SNOWFALL("snowing|falling snow|snowfall", "下雪|飘雪");

    private final Words words;

    Weather(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
