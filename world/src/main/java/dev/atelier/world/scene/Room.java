package dev.atelier.world.scene;

/**
 * The inside of a home, seen towards its far wall.
 *
 * @param window the time of day that the window shows
 */
public record Room(RoomKind kind, Hue wall, Floor floor, Time window) implements Setting {
    public Room withWall(Hue wall) {
        return new Room(kind, wall, floor, window);
    }

    public Room withWindow(Time window) {
        return new Room(kind, wall, floor, window);
    }
}
