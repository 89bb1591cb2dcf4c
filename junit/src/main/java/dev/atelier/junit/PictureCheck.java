package dev.atelier.junit;

import dev.atelier.api.PredictionView;
import dev.atelier.client.ImageOrder;
import dev.atelier.client.ImageService;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.opentest4j.AssertionFailedError;

/** Compares the pictures of one test with stored ones. A parameter of tests in classes with {@link StoredPictures}. */
public final class PictureCheck {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    private final Place place;
    private final Bounds bounds;
    private final String test;
    private final Recorded recorded;
    private final Set<String> compared = new HashSet<>();

    /**
     * @param pictures stored ones of this test class
     * @param reports of failures of this test class
     */
    record Place(Path pictures, Path reports) {}

    /** As {@link StoredPictures} has them. */
    record Bounds(double ssim, double deltaE) {
        Bounds {
            if (!(ssim >= -1 && ssim <= 1)) {
                throw new IllegalArgumentException("ssim: " + ssim + " is not in -1 to 1");
            }
            if (!(deltaE >= 0)) {
                throw new IllegalArgumentException("deltaE: " + deltaE + " is less than 0");
            }
        }
    }

    /** What this run has stored, so that two tests of one name do not undo each other. */
    static final class Recorded {
        private final Map<Path, byte[]> files = new ConcurrentHashMap<>();

        void store(Path file, byte[] png) throws IOException {
            byte[] before = files.putIfAbsent(file.toAbsolutePath(), png);
            if (before != null && !Arrays.equals(before, png)) {
                throw new AssertionFailedError(
                        file + ": this run has stored another picture under this name; give each a name of its own");
            }
            Files.createDirectories(file.getParent());
            Files.write(file, png);
        }
    }

    /**
     * @param test the name of pictures that have none
     * @param recorded null: compare; else store
     */
    PictureCheck(Place place, Bounds bounds, String test, Recorded recorded) {
        this.place = place;
        this.bounds = bounds;
        this.test = test;
        this.recorded = recorded;
    }

    /** The test's only picture, under the name of its method. */
    public void matches(byte[] picture) {
        matches(test, picture);
    }

    /**
     * @param name of the stored picture, without an ending; letters, digits, blank, dot, dash and underline
     * @param picture a file in any format that the JDK's ImageIO reads: PNG, JPEG, BMP, GIF, TIFF
     * @throws AssertionFailedError when they differ to the eye, have different sizes or none is stored: the message names the
     *     measures, the worst place, and where both pictures and their difference lie
     * @throws IllegalArgumentException when the picture cannot be read, or the name is none or used before in this test
     */
    public void matches(String name, byte[] picture) {
        BufferedImage actual = read("picture", picture);
        requireName(name);
        try {
            if (recorded == null) {
                compare(name, actual);
            } else {
                recorded.store(stored(name), isPng(picture) ? picture : png(actual));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws an order with a fixed seed and compares each of its pictures; several have their number in the name. */
    public void draws(ImageService service, ImageOrder order) {
        draws(test, service, order);
    }

    /**
     * @param order with a fixed seed
     * @throws IllegalArgumentException when its seed is left open
     * @throws dev.atelier.client.AtelierException when it is refused, or no picture was made
     * @throws AssertionFailedError as {@link #matches(String, byte[])}, and when one picture of several was not made
     */
    public void draws(String name, ImageService service, ImageOrder order) {
        Object seed = order.fields().get("seed");
        if (!(seed instanceof Number number) || number.longValue() < 0) {
            throw new IllegalArgumentException("seed: " + seed + " is not fixed; each run would draw another picture");
        }
        PredictionView drawn = service.draw(order, _ -> {});
        drawn.images().stream().filter(image -> image.url() == null).findFirst().ifPresent(image -> {
            throw new AssertionFailedError(name + ": image " + (image.index() + 1) + " was not made: " + image.error());
        });
        List<String> outputs = drawn.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            String numbered = outputs.size() == 1 ? name : name + "-" + (i + 1);
            matches(numbered, service.download(outputs.get(i)));
        }
    }

    private void requireName(String name) {
        if (!name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' is not 1 to 100 letters, digits, blanks, dots and dashes");
        }
        if (!compared.add(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' is used twice in this test; each picture needs its own");
        }
    }

    private Path stored(String name) {
        return place.pictures().resolve(name + ".png");
    }

    private void compare(String name, BufferedImage actual) throws IOException {
        Path file = stored(name);
        PictureReport report = new PictureReport(place.reports(), name);
        report.clear();
        if (!Files.isRegularFile(file)) {
            Path drawn = report.write(actual);
            throw new AssertionFailedError(file + ": no picture is stored. What was drawn is in " + drawn
                    + "; look at it, then store it with -Datelier.junit.record=true");
        }
        BufferedImage expected = read(file.toString(), Files.readAllBytes(file));
        if (expected.getWidth() != actual.getWidth() || expected.getHeight() != actual.getHeight()) {
            Path drawn = report.write(actual);
            throw new AssertionFailedError(file + ": " + size(actual) + " was drawn, " + size(expected)
                    + " is stored. What was drawn is in " + drawn);
        }
        PictureDifference difference = PictureDifference.between(expected, actual);
        if (difference.ssim() < bounds.ssim() || difference.deltaE() > bounds.deltaE()) {
            Path sheet = report.write(expected, actual, difference);
            throw new AssertionFailedError(String.format(
                    Locale.ROOT,
                    "%s: the picture differs: SSIM %.4f (at least %s is needed), CIEDE2000 %.2f around (%d, %d) (at most %s is allowed)."
                            + " Stored, drawn and difference: %s",
                    file,
                    difference.ssim(),
                    bounds.ssim(),
                    difference.deltaE(),
                    difference.x(),
                    difference.y(),
                    bounds.deltaE(),
                    sheet));
        }
    }

    private static String size(BufferedImage image) {
        return image.getWidth() + "x" + image.getHeight();
    }

    private static boolean isPng(byte[] file) {
        return file.length > PNG.length && Arrays.equals(file, 0, PNG.length, PNG, 0, PNG.length);
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static BufferedImage read(String what, byte[] file) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            if (image != null) {
                return image;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(what + ": is damaged: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                what + ": is in none of the formats " + String.join(", ", ImageIO.getReaderFileSuffixes()));
    }
}
