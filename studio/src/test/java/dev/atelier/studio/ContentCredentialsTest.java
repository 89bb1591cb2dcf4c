package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureWriter;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import dev.atelier.provenance.IdentityFolder;
import dev.atelier.provenance.ManifestVerifier;
import dev.atelier.provenance.TrustAnchors;
import dev.atelier.provenance.Verification;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCredentialsTest {
    private static final byte[] FILE = PictureWriter.write(
            Picture.of(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB)),
            PictureFormat.WEBP,
            new PictureMetadata(
                    "test", "m", "", "", new PictureMetadata.Sampling(1, 1, 1), new PictureSize(16, 16), Map.of()));

    @TempDir
    private Path folder;

    @Test
    void aDrawnPictureIsCreatedAndAnEditedOneHasAParent() throws Exception {
        Path keys = folder.resolve("keys");
        IdentityFolder.create(keys, "Example", 30);
        ContentCredentials credentials = ContentCredentials.of(keys);
        ManifestVerifier verifier =
                new ManifestVerifier(TrustAnchors.read(keys.resolve("root.pem")), InstantSource.system());

        Verification drawn = verifier.verify(credentials.sign(FILE, plan(Task.TEXT_TO_IMAGE, 0), "m"));
        Verification edited = verifier.verify(credentials.sign(FILE, plan(Task.EDIT, 1), "m"));
        Verification composed = verifier.verify(credentials.sign(FILE, plan(Task.COMPOSE, 2), "m"));

        assertThat(List.of(drawn, edited, composed)).allMatch(v -> v.state() == Verification.State.TRUSTED);
        assertThat(drawn.statement().program()).isEqualTo("Atelier " + AtelierVersion.text());
        assertThat(names(drawn)).containsExactly("c2pa.created");
        assertThat(names(edited)).containsExactly("c2pa.opened", "c2pa.edited");
        assertThat(edited.statement().ingredients())
                .containsExactly(new Verification.Ingredient("image 1", "parentOf"));
        assertThat(names(composed)).containsExactly("c2pa.created");
        assertThat(composed.statement().ingredients())
                .containsExactly(
                        new Verification.Ingredient("image 1", "inputTo"),
                        new Verification.Ingredient("image 2", "inputTo"));
        assertThat(ContentCredentials.NONE.sign(FILE, plan(Task.EDIT, 1), "m")).isSameAs(FILE);
    }

    @Test
    void aFolderWithoutKeysIsNamed() {
        assertThatThrownBy(() -> ContentCredentials.of(folder.resolve("none")))
                .hasMessageContaining("none: no such folder; 'atelier provenance init' makes one");
    }

    private static List<String> names(Verification of) {
        return of.statement().actions().stream().map(Verification.Action::name).toList();
    }

    private static GenerationPlan plan(Task task, int references) {
        GenerationPlan words = Plans.words("a red fox");
        List<Integer> numbers = IntStream.range(0, references).boxed().toList();
        Shot shot = new Shot("a red fox", numbers, List.of());
        return new GenerationPlan(task, words.size(), List.of(shot), "", List.of(), List.of(), "a red fox");
    }
}
