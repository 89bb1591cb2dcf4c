package dev.atelier.server.media;

import dev.atelier.engine.image.Picture;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.error.Outages.StorageException;
import dev.atelier.server.outbound.OutboundClient;
import dev.atelier.server.outbound.OutboundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** References become {@code media:NAME} (a file of ours) or stay URLs, to be fetched when they are needed. */
@Component
class BoundedReferenceResolver implements ReferenceResolver {
    private final MediaStore media;
    private final Uploads uploads;
    private final Pictures pictures;
    private final OutboundClient outbound;

    BoundedReferenceResolver(MediaStore media, Uploads uploads, Pictures pictures, OutboundClient outbound) {
        this.media = media;
        this.uploads = uploads;
        this.pictures = pictures;
        this.outbound = outbound;
    }

    @Override
    public String admit(String field, String reference, String owner) {
        String text = reference.strip();
        if (text.startsWith(OURS)) {
            return OURS + own(field, text.substring(OURS.length()), owner).id();
        }
        if (isHttp(text)) {
            Optional<StoredMedia> stored = MediaNames.inUrl(text).flatMap(media::find);
            return stored.isPresent()
                    ? OURS + own(field, stored.get().id(), owner).id()
                    : checkedUrl(field, text);
        }
        byte[] file = InlineImage.decode(field, text, pictures.maxBytes());
        return OURS + uploads.store(field, file, owner).id();
    }

    @Override
    public String hold(String field, String admitted, String owner) {
        return admitted.startsWith(OURS) ? admitted : uploads.reference(field, fetch(field, admitted), owner);
    }

    @Override
    public Picture resolve(String field, String admitted, String owner) {
        return pictures.read(field, file(field, admitted, owner));
    }

    @Override
    public Picture resolveMask(String field, String admitted, String owner) {
        return pictures.readMask(field, file(field, admitted, owner));
    }

    private byte[] file(String field, String admitted, String owner) {
        return admitted.startsWith(OURS)
                ? content(field, own(field, admitted.substring(OURS.length()), owner))
                : fetch(field, admitted);
    }

    private static boolean isHttp(String text) {
        return text.substring(0, Math.min(8, text.length()))
                .toLowerCase(Locale.ROOT)
                .matches("https?:/.*");
    }

    /** A file of another key is as good as none, so that nobody can use a name that was seen somewhere. */
    private StoredMedia own(String field, String id, String owner) {
        return media.find(id)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> ApiException.notFound(field + ": there is no such file, or it has expired"));
    }

    private String checkedUrl(String field, String url) {
        try {
            return outbound.check(url).toString();
        } catch (OutboundException e) {
            throw ApiException.invalid(field, e.getMessage());
        }
    }

    private byte[] content(String field, StoredMedia file) {
        try (InputStream in = media.open(file)) {
            return in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw ApiException.unreadable(field, "the stored file is gone");
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private byte[] fetch(String field, String url) {
        try {
            return outbound.get(URI.create(url), pictures.maxBytes());
        } catch (OutboundException e) {
            throw switch (e.reason()) {
                case BAD_URL, REFUSED -> ApiException.invalid(field, e.getMessage());
                case TOO_LARGE -> ApiException.tooLarge(field, e.getMessage());
                case UNREACHABLE, TIMEOUT, STATUS ->
                    ApiException.unreadable(field, "cannot be fetched: " + e.getMessage());
            };
        }
    }
}
