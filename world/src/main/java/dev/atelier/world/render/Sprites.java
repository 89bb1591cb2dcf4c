package dev.atelier.world.render;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import dev.atelier.world.scene.Noun;
import dev.atelier.world.scene.Style;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The drawings of {@link Noun}s as pixels, each drawn when it is first asked for (filters make some cost a fifth of a second) and kept
 * while there is memory. Thread-safe.
 */
final class Sprites {
    private static final String FOLDER = "/dev/atelier/world/things/";
    private static final Map<Style, Map<String, byte[]>> SETS = new ConcurrentHashMap<>();
    private static final Map<Key, SoftReference<Sprite>> DRAWN = new ConcurrentHashMap<>();

    private record Key(String noun, Style set, int side) {}

    private Sprites() {}

    /**
     * @param style one whose set has the noun
     * @param unit of the canvas, which the pixels suffice for
     * @throws IllegalArgumentException when the noun is not drawn in that style
     */
    static Sprite of(Noun noun, Style style, double unit) {
        if (!noun.sets().contains(Noun.setOf(style))) {
            throw new IllegalArgumentException("style: " + noun + " is not drawn in " + style);
        }
        Key key = new Key(noun.name(), Noun.setOf(style), side(unit));
        SoftReference<Sprite> kept = DRAWN.get(key);
        Sprite sprite = kept == null ? null : kept.get();
        if (sprite == null) {
            sprite = Sprite.of(draw(key));
            DRAWN.put(key, new SoftReference<>(sprite));
        }
        return sprite;
    }

    /** A square of 192 pixels for a canvas of 256, and so in proportion, in powers of two. */
    private static int side(double unit) {
        int side = 96;
        while (side < unit * 0.7) {
            side *= 2;
        }
        return Math.min(side, 1536);
    }

    private static BufferedImage draw(Key key) {
        byte[] svg = SETS.computeIfAbsent(key.set(), Sprites::read).get(key.noun());
        if (svg == null) {
            throw new IllegalStateException(file(key.set()) + ": holds no " + key.noun());
        }
        SVGDocument document = new SVGLoader().load(new ByteArrayInputStream(svg), null, LoaderContext.createDefault());
        if (document == null) {
            throw new IllegalStateException(file(key.set()) + ": " + key.noun() + " cannot be read");
        }
        BufferedImage image = Sprite.image(key.side(), key.side());
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.render((Component) null, graphics, new ViewBox(key.side(), key.side()));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static String file(Style set) {
        return switch (set) {
            case SOFT -> "soft.tar.gz";
            case FLAT -> "flat.tar.gz";
            case CARTOON -> "noto.tar.gz";
            default -> throw new IllegalArgumentException("style: " + set + " has no set of drawings");
        };
    }

    private static Map<String, byte[]> read(Style set) {
        Map<String, byte[]> drawings = new HashMap<>();
        try (InputStream file = Sprites.class.getResourceAsStream(FOLDER + file(set))) {
            if (file == null) {
                throw new IllegalStateException(FOLDER + file(set) + " is not on the class path");
            }
            TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                drawings.put(entry.getName().replace(".svg", ""), tar.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return drawings;
    }
}
