package dev.atelier.studio;

import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.Task;
import dev.atelier.provenance.ManifestSigner;
import dev.atelier.provenance.PictureClaim;
import dev.atelier.provenance.PictureClaim.Ingredient;
import dev.atelier.provenance.PictureClaim.Software;
import dev.atelier.provenance.ProvenanceException;
import dev.atelier.provenance.SigningIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether files say, signed, where they came from (C2PA). What is said: that a model made the picture or changed one, by which program and
 * model, and how many pictures it was given; neither prompt nor seed nor time. Two files of one picture differ in their credentials alone.
 */
public final class ContentCredentials {
    /** Files without them. */
    public static final ContentCredentials NONE = new ContentCredentials(null);

    private final ManifestSigner signer; // null: no credentials

    private ContentCredentials(ManifestSigner signer) {
        this.signer = signer;
    }

    /**
     * Signed with the key of {@code place}: a folder that {@code atelier provenance init} has made.
     *
     * @throws ProvenanceException saying what is wrong with it
     * @throws IOException when it cannot be read
     */
    public static ContentCredentials of(Path place) throws IOException, ProvenanceException {
        return new ContentCredentials(new ManifestSigner(SigningIdentity.open(place)));
    }

    /** {@code file} with its credentials. @param model that made the picture */
    byte[] sign(byte[] file, GenerationPlan plan, String model) {
        if (signer == null) {
            return file;
        }
        try {
            return signer.sign(file, claim(plan, model));
        } catch (ProvenanceException e) {
            throw new IllegalStateException("the picture's credentials cannot be written: " + e.getMessage(), e);
        }
    }

    private static PictureClaim claim(GenerationPlan plan, String model) {
        int given = plan.shots().stream()
                .mapToInt(shot -> shot.references().size())
                .max()
                .orElse(0);
        List<Ingredient> pictures = IntStream.rangeClosed(1, given)
                .mapToObj(k -> new Ingredient("image " + k, ""))
                .toList();
        boolean edit = plan.task() == Task.EDIT && !pictures.isEmpty();
        return new PictureClaim(
                new Software("Atelier", AtelierVersion.text()),
                new Software(model, ""),
                edit ? Optional.of(pictures.getFirst()) : Optional.empty(),
                edit ? pictures.subList(1, given) : pictures);
    }
}
