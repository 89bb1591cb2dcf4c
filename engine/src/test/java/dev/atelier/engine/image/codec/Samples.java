package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;

/** The files under {@code pictures/} of the test resources; {@code make_samples.py} there makes them. */
final class Samples {
    private Samples() {}

    /** A file, and how far a channel of what is read may be from the expected picture. */
    record Sample(String name, String expected, int tolerance) {
        byte[] bytes() {
            return resource("samples/" + name);
        }

        Picture picture() {
            return png("expected/" + expected + ".png");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> all() {
        return new String(resource("cases.csv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(","))
                .map(fields -> new Sample(fields[0], fields[1], Integer.parseInt(fields[2])))
                .toList();
    }

    static Sample named(String name) {
        return all().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    /** An 8-bit RGB PNG, decoded by the JDK alone. */
    static Picture png(String path) {
        try (InputStream in = open(path)) {
            return Picture.of(ImageIO.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] resource(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest difference of any channel of any pixel. */
    static int distance(Picture a, Picture b) {
        int most = 0;
        byte[] ours = a.toBytes();
        byte[] theirs = b.toBytes();
        for (int i = 0; i < ours.length; i++) {
            most = Math.max(most, Math.abs((ours[i] & 0xff) - (theirs[i] & 0xff)));
        }
        return most;
    }

    private static InputStream open(String path) {
        return Samples.class.getResourceAsStream("/pictures/" + path);
    }
}
