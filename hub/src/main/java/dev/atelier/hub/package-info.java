/**
 * Model folders on this machine and how they get here from a hub with Hugging Face's URL layout.
 *
 * <p>{@link dev.atelier.hub.HubClient} pulls, {@link dev.atelier.hub.ModelStore} lists and finds. Everything a
 * server says (names, sizes, addresses, bytes) is untrusted: names cannot leave the model's folder, sizes bound what is
 * written, checksums decide whether a file is moved into place.
 */
package dev.atelier.hub;
