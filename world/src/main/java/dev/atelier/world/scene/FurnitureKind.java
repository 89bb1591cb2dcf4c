package dev.atelier.world.scene;

/** What a piece of {@link Furniture} is. */
public enum FurnitureKind implements Term {
    SOFA("sofa|couch", "沙发"),
    ARMCHAIR("armchair|easy chair", "扶手椅|单人沙发"),
    BED("bed", "床"),
    DESK("desk|writing desk", "书桌"),
    DINING_TABLE("dining table|table", "餐桌"),
    BOOKSHELF("bookshelf|bookcase", "书架|书柜"),
    WARDROBE("wardrobe|closet", "衣柜"),
    FLOOR_LAMP("floor lamp|standing lamp", "落地灯"),
    HOUSE_PLANT("house plant|plant in a pot", "绿植|室内盆栽");

    private final Words words;

    FurnitureKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
