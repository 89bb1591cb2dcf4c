package dev.atelier.world.scene;

/** Words that posters, signs and labels carry. */
public enum Slogan implements Term {
    OPEN("OPEN", "营业中"),
    SALE("SALE", "大促"),
    COFFEE("COFFEE", "咖啡"),
    TEA("TEA", "茶"),
    BOOKS("BOOKS", "书店"),
    MUSIC("MUSIC", "音乐"),
    HELLO("HELLO", "你好"),
    LOVE("LOVE", "爱"),
    SUMMER("SUMMER", "夏天"),
    WINTER("WINTER", "冬天"),
    DREAM("DREAM", "梦想"),
    HOME("HOME", "家"),
    TRAVEL("TRAVEL", "旅行"),
    NATURE("NATURE", "自然"),
    CITY("CITY", "城市"),
    FRESH("FRESH", "新鲜"),
    NEW("NEW", "新品"),
    HAPPY("HAPPY", "快乐"),
    PEACE("PEACE", "和平"),
    ART("ART", "艺术"),
    FILM("FILM", "电影"),
    GAME("GAME", "游戏"),
    SPORT("SPORT", "运动"),
    DESIGN("DESIGN", "设计");

    private final Words words;

    Slogan(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
