package dev.atelier.studio;

/** Which Atelier this is. */
public final class AtelierVersion {
    private AtelierVersion() {}

    /** As in the jar's manifest, such as {@code 0.1.0}; {@code from source} where the classes are in no jar. */
    public static String text() {
        String version = AtelierVersion.class.getPackage().getImplementationVersion();
        return version == null ? "from source" : version;
    }
}
