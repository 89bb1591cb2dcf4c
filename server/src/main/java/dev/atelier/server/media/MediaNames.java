package dev.atelier.server.media;

import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.server.secret.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Names of files: 192 bits of HMAC-SHA256 over owner, kind and content, and the extension of the content's type. The same
 * content of the same owner has the same name; without the secret nobody can tell the name from the content.
 */
@Component
class MediaNames {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int NAME_BYTES = 24;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{48}\\.(?:png|jpg|webp|bmp|tif|gif)");
    private static final Pattern URL = Pattern.compile("https?://[^/?#]+/(?:outputs|uploads)/([^/?#]+)(?:[?#].*)?");
    private final SecretKeySpec key;

    MediaNames(Secrets secrets) {
        byte[] secret = secrets.get("media-names", () -> {
            byte[] made = new byte[32];
            new SecureRandom().nextBytes(made);
            return made;
        });
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** @throws IllegalArgumentException when the content type is none of a picture that we know */
    String name(MediaStore.NewMedia media) {
        String extension = Arrays.stream(PictureFormat.values())
                .filter(format -> format.mediaType().equals(media.contentType()))
                .map(PictureFormat::extension)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "content type: \"" + media.contentType() + "\" is none of a picture"));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            updateWithLength(mac, media.owner().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) media.kind().ordinal());
            mac.update(media.bytes());
            return HexFormat.of().formatHex(mac.doFinal(), 0, NAME_BYTES) + "." + extension;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    /** Whether {@code text} has the form of a name: nothing else ever reaches a file system or a bucket. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The name at the end of a URL that looks like one of ours, on whatever host it is reached. */
    static Optional<String> inUrl(String url) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches() && isName(matcher.group(1)) ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static void updateWithLength(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
    }
}
