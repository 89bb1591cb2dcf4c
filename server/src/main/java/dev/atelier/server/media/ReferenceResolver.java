package dev.atelier.server.media;

import dev.atelier.engine.image.Picture;

/** Turns what callers name as reference pictures into pictures, within bounds. */
public interface ReferenceResolver {
    /** Stands before the name of a stored file in an admitted reference. */
    String OURS = "media:";

    /**
     * Checks a reference when a request is accepted and brings it into a short durable form: a data URI or bare base64 is
     * decoded, checked and stored; the service's own URL becomes the name of its file; another http(s) URL stays as it is
     * and is fetched by {@link #resolve}. An admitted reference is admitted again unchanged.
     *
     * @param field how the caller named it, such as {@code images[0]}
     * @throws dev.atelier.server.error.ApiException naming {@code field} (400, 413, 422; 404 for a file of another key)
     */
    String admit(String field, String reference, String owner);

    /**
     * An admitted reference as a file of this service: one that is still a URL is fetched and stored for {@code owner}.
     *
     * @return the admitted reference that is used from now on
     * @throws dev.atelier.server.error.ApiException naming {@code field}
     */
    String hold(String field, String admitted, String owner);

    /**
     * The picture of an admitted reference, upright and in sRGB.
     *
     * @param owner id of the key that the request belongs to
     * @throws dev.atelier.server.error.ApiException when it cannot be had; its message is meant for the caller
     */
    Picture resolve(String field, String admitted, String owner);

    /** As {@link #resolve}, for a mask: white where a picture may change, also when the file says that by transparency. */
    Picture resolveMask(String field, String admitted, String owner);
}
