package dev.atelier.world.scene;

/** A stage before a plain backdrop. */
public record Studio(Stage stage, Hue backdrop) implements Setting {
    public Studio withBackdrop(Hue backdrop) {
        return new Studio(stage, backdrop);
    }
}
