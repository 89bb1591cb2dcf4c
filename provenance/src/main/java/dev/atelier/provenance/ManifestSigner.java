package dev.atelier.provenance;

import dev.atelier.provenance.PictureClaim.Ingredient;
import dev.atelier.provenance.PictureClaim.Software;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes signed manifests into pictures. Source: C2PA specification 2.2, sections 10, 15 and 18. */
public final class ManifestSigner {
    static final String ACTIONS = "c2pa.actions.v2";
    static final String INGREDIENT = "c2pa.ingredient.v3";
    static final String DATA_HASH = "c2pa.hash.data";
    static final String CLAIM = "c2pa.claim.v2";
    static final String SIGNATURE = "c2pa.signature";
    static final String ASSERTION_STORE = "c2pa.assertions";
    static final String HASH = "sha256";
    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    private static final int HASH_BYTES = 32;
    private static final int TRIES = 8;

    private final SigningIdentity identity;

    public ManifestSigner(SigningIdentity identity) {
        this.identity = identity;
    }

    /**
     * {@code file} with a manifest, in place of one that it may have had.
     *
     * @param file PNG, JPEG or WebP
     * @throws ProvenanceException when the file is another one or damaged, or the key cannot sign
     */
    public byte[] sign(byte[] file, PictureClaim claim) throws ProvenanceException {
        Carrier carrier = Carrier.of(file);
        byte[] bare = carrier.remove(file, carrier.find(file));
        Draft draft = new Draft("urn:c2pa:" + UUID.randomUUID(), "xmp:iid:" + UUID.randomUUID(), claim);
        int start = carrier.place(bare);
        int padding = 0;
        int length = 0;
        // The excluded length stands inside of what it measures; every number's own length is settled after a few
        // rounds.
        for (int round = 0; ; round++) {
            byte[] store = draft.store(new Hash(start, length, new byte[HASH_BYTES], padding));
            int now = carrier.wrap(store).length;
            boolean aligned = store.length % carrier.alignment() == 0;
            if (now == length && aligned) {
                byte[] placed = carrier.insert(bare, store);
                byte[] digest = digest(sha256(), placed, List.of(new Carrier.Range(start, length)));
                return carrier.insert(bare, draft.store(new Hash(start, length, digest, padding)));
            }
            padding += now == length || round >= TRIES ? 1 : 0;
            length = now;
        }
    }

    /** The hash of a file but for {@code excluded}, which are in order. */
    static byte[] digest(MessageDigest digest, byte[] file, List<Carrier.Range> excluded) {
        int at = 0;
        for (Carrier.Range range : excluded) {
            digest.update(file, at, range.start() - at);
            at = range.end();
        }
        digest.update(file, at, file.length - at);
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param padding bytes of nothing */
    private record Hash(int start, int length, byte[] hash, int padding) {
        Map<String, Object> assertion() {
            Map<String, Object> excluded = new LinkedHashMap<>();
            excluded.put("start", start);
            excluded.put("length", length);
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("exclusions", List.of(excluded));
            out.put("name", "jumbf manifest");
            out.put("alg", HASH);
            out.put("hash", hash);
            out.put("pad", new byte[padding]);
            return out;
        }
    }

    /** A manifest but for the hash of its file. */
    private final class Draft {
        private final String label;
        private final String instance;
        private final PictureClaim claim;

        Draft(String label, String instance, PictureClaim claim) {
            this.label = label;
            this.instance = instance;
            this.claim = claim;
        }

        byte[] store(Hash hash) throws ProvenanceException {
            Assertions assertions = new Assertions();
            List<Map<String, Object>> edited = new ArrayList<>();
            claim.edited().ifPresent(one -> edited.add(assertions.ingredient(one, "parentOf")));
            List<Map<String, Object>> inputs = new ArrayList<>();
            claim.inputs().forEach(one -> inputs.add(assertions.ingredient(one, "inputTo")));
            assertions.add(ACTIONS, Map.of("actions", actions(edited, inputs)));
            assertions.add(DATA_HASH, hash.assertion());

            Map<String, Object> out = new LinkedHashMap<>();
            out.put("instanceID", instance);
            out.put("claim_generator_info", software(claim.program()));
            out.put("signature", "self#jumbf=/c2pa/" + label + "/" + SIGNATURE);
            out.put("created_assertions", assertions.uris);
            out.put("alg", HASH);
            byte[] encoded = CborWriter.write(out);
            byte[] signature = Cose.sign(encoded, identity.key(), identity.chain());
            return Jumbf.superBox(
                    Jumbf.STORE,
                    "c2pa",
                    Jumbf.superBox(
                            Jumbf.MANIFEST,
                            label,
                            Jumbf.superBox(Jumbf.ASSERTIONS, ASSERTION_STORE, assertions.boxes.toArray(byte[][]::new)),
                            Jumbf.superBox(Jumbf.CLAIM, CLAIM, Jumbf.box("cbor", encoded)),
                            Jumbf.superBox(Jumbf.SIGNATURE, SIGNATURE, Jumbf.box("cbor", signature))));
        }

        private List<Map<String, Object>> actions(List<Map<String, Object>> edited, List<Map<String, Object>> inputs) {
            List<Map<String, Object>> out = new ArrayList<>();
            if (!edited.isEmpty()) {
                out.add(action("c2pa.opened", edited));
            }
            Map<String, Object> made = action(edited.isEmpty() ? "c2pa.created" : "c2pa.edited", inputs);
            made.put(
                    "digitalSourceType",
                    SOURCE_TYPE
                            + (edited.isEmpty() ? "trainedAlgorithmicMedia" : "compositeWithTrainedAlgorithmicMedia"));
            made.put("softwareAgent", software(claim.model()));
            out.add(made);
            return out;
        }

        private static Map<String, Object> action(String name, List<Map<String, Object>> ingredients) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("action", name);
            if (!ingredients.isEmpty()) {
                out.put("parameters", Map.of("ingredients", ingredients));
            }
            return out;
        }

        private static Map<String, Object> software(Software software) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("name", software.name());
            if (!software.version().isEmpty()) {
                out.put("version", software.version());
            }
            return out;
        }
    }

    /** The assertion boxes of a manifest and the hashed URIs of them. */
    private static final class Assertions {
        final List<byte[]> boxes = new ArrayList<>();
        final List<Map<String, Object>> uris = new ArrayList<>();
        private int ingredients;

        Map<String, Object> ingredient(Ingredient ingredient, String relationship) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("dc:title", ingredient.title());
            if (!ingredient.mediaType().isEmpty()) {
                out.put("dc:format", ingredient.mediaType());
            }
            out.put("relationship", relationship);
            String label = ingredients == 0 ? INGREDIENT : INGREDIENT + "__" + ingredients;
            ingredients++;
            return add(label, out);
        }

        Map<String, Object> add(String label, Object value) {
            byte[] box = Jumbf.superBox(Jumbf.CBOR, label, Jumbf.box("cbor", CborWriter.write(value)));
            boxes.add(box);
            Map<String, Object> uri = new LinkedHashMap<>();
            uri.put("url", "self#jumbf=" + ASSERTION_STORE + "/" + label);
            uri.put("hash", sha256().digest(Jumbf.body(box)));
            uris.add(uri);
            return uri;
        }
    }
}
