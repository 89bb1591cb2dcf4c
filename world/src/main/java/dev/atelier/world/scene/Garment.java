package dev.atelier.world.scene;

/** What a person wears. */
public enum Garment implements Term {
    SHIRT("t-shirt|tee", "T恤|短袖"),
    DRESS("dress", "连衣裙|裙子"),
    COAT("coat|long coat", "外套|大衣"),
    HOODIE("hoodie", "卫衣|连帽衫"),
    SUIT("suit", "西装");

    private final Words words;

    Garment(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
