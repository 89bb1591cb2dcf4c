package dev.atelier.server.arena;

import dev.atelier.arena.PictureStyle;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.StoredMedia;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;

/** Pictures as voters get them: PNG files with pixels and nothing else, under names that come of their content. */
@Component
class BattlePictures {
    private static final PictureLimits STORED = new PictureLimits(64L << 20, 4096L * 4096, 16_384);

    private final MediaStore media;
    private final ArenaSettings settings;
    private final Clock clock;

    BattlePictures(MediaStore media, ArenaSettings settings, Clock clock) {
        this.media = media;
        this.settings = settings;
        this.clock = clock;
    }

    /** The picture in a file that the service has stored; empty when that is gone. */
    Optional<Picture> read(String id) {
        Optional<StoredMedia> stored = media.find(id);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = media.open(stored.get())) {
            return Optional.of(PictureReader.read(in.readAllBytes(), STORED));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** @return id of the file */
    String keep(Picture picture) {
        return keep(picture, StoredMedia.Kind.OUTPUT);
    }

    /** @return id of the file, which the arena's orders may start from */
    String keepSource(Picture picture) {
        return keep(picture, StoredMedia.Kind.UPLOAD);
    }

    private String keep(Picture picture, StoredMedia.Kind kind) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(picture.view(), "png", file);
            return media.put(new MediaStore.NewMedia(
                            kind,
                            file.toByteArray(),
                            "image/png",
                            Arena.OWNER,
                            clock.instant().plus(settings.keep())))
                    .id();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    static PictureStyle style(Picture picture) {
        BufferedImage image = picture.view();
        int[] rgb = image.getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width());
        return PictureStyle.of(rgb, picture.width(), picture.height());
    }
}
