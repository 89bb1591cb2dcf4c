package dev.atelier.world.scene;

/** What a {@link Room} is for. */
public enum RoomKind implements Term {
    LIVING_ROOM("living room|lounge", "客厅|起居室"),
    BEDROOM("bedroom", "卧室"),
    STUDY("study|home office", "书房"),
    DINING_ROOM("dining room", "餐厅|饭厅");

    private final Words words;

    RoomKind(String english, String chinese) {
        this.words = Words.of(english, chinese);
    }

    @Override
    public Words words() {
        return words;
    }
}
