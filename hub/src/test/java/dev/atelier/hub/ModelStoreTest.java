package dev.atelier.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.hub.InstalledModel.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    @TempDir
    Path models;

    @Test
    void aFolderPutThereByHandIsListedWithItsLicenceAndPrecision() throws IOException {
        Path folder = model("studio/klein");
        Files.writeString(
                folder.resolve("README.md"), "---\ntags: [x]\nlicense: other\nlicense_name: studio-1.0\n---\n#");
        weights(folder.resolve("transformer/diffusion_pytorch_model.safetensors"), "BF16");

        assertThat(new ModelStore(models).list()).singleElement().satisfies(model -> {
            assertThat(model.name()).isEqualTo("studio/klein");
            assertThat(model.licence()).isEqualTo("studio-1.0");
            assertThat(model.precision()).isEqualTo("bf16");
            assertThat(model.state()).isEqualTo(State.UNMANAGED);
            assertThat(model.bytes()).isEqualTo(sizeOf(folder));
        });
    }

    @Test
    void whatCannotBeReadIsUnknown() throws IOException {
        Path folder = model("studio/klein");
        Files.writeString(folder.resolve("README.md"), "no front matter\nlicense: mit\n");
        Files.createDirectories(folder.resolve("transformer"));
        Files.writeString(folder.resolve("transformer/diffusion_pytorch_model.safetensors"), "no weights");

        assertThat(new ModelStore(models).list()).singleElement().satisfies(model -> {
            assertThat(model.licence()).isEqualTo("unknown");
            assertThat(model.precision()).isEqualTo("unknown");
        });
    }

    @Test
    void aFileThatIsGoneOrShorterMakesAPulledModelIncomplete() throws IOException {
        Path folder = model("studio/klein");
        long size = Files.size(folder.resolve("model_index.json"));
        new PullManifest(
                        true,
                        "studio/klein",
                        "main",
                        "0".repeat(40),
                        List.of(new PullManifest.Entry("model_index.json", size, "")),
                        "2026-01-02T03:04:05Z")
                .write(folder);
        ModelStore store = new ModelStore(models);
        assertThat(store.list().getFirst().state()).isEqualTo(State.COMPLETE);
        assertThat(store.resolve("studio/klein")).isEqualTo(folder);

        Files.writeString(folder.resolve("model_index.json"), "{");

        assertThat(store.list().getFirst().state()).isEqualTo(State.INCOMPLETE);
        assertThatThrownBy(() -> store.resolve("studio/klein")).hasMessageContaining("atelier pull studio/klein@main");
        assertThatThrownBy(() -> store.resolve(folder.toString())).hasMessageContaining("incomplete");
    }

    @Test
    void aDamagedManifestIsNotBelieved() throws IOException {
        Path folder = model("studio/klein");
        Files.writeString(folder.resolve(PullManifest.NAME), "{\"complete\": tru");

        assertThat(new ModelStore(models).list().getFirst().state()).isEqualTo(State.INCOMPLETE);
        assertThatThrownBy(() -> new ModelStore(models).resolve("studio/klein")).hasMessageContaining("damaged");
    }

    @Test
    void aModelIsFoundByPathByFullNameAndByNameAlone() throws IOException {
        Path folder = model("studio/klein");
        ModelStore store = new ModelStore(models);

        assertThat(store.resolve(folder.toString())).isEqualTo(folder);
        assertThat(store.resolve("studio/klein")).isEqualTo(folder);
        assertThat(store.resolve("klein")).isEqualTo(folder);
    }

    @Test
    void aNameThatTwoOwnersHaveNeedsTheOwner() throws IOException {
        model("studio/klein");
        model("other/klein");

        assertThatThrownBy(() -> new ModelStore(models).resolve("klein"))
                .hasMessageContaining("other/klein or studio/klein");
    }

    @Test
    void anUnknownModelSaysWhatIsThere() throws IOException {
        model("studio/klein");

        assertThatThrownBy(() -> new ModelStore(models).resolve("flux"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("'flux'")
                .hasMessageContaining("studio/klein")
                .hasMessageContaining("atelier pull");
        assertThatThrownBy(() -> new ModelStore(models).resolve("\0")).isInstanceOf(HubException.class);
    }

    @Test
    void aFolderWithoutAPipelineIsRefused() {
        assertThatThrownBy(() -> new ModelStore(models).resolve(models.toString()))
                .hasMessageContaining("has no model_index.json");
    }

    @Test
    void noFolderAtAllIsAnEmptyStore() {
        assertThat(new ModelStore(models.resolve("missing")).list()).isEmpty();
    }

    private Path model(String name) throws IOException {
        Path folder = Files.createDirectories(models.resolve(name));
        Files.writeString(folder.resolve("model_index.json"), "{\"vae\": [\"diffusers\", \"AutoencoderKLFlux2\"]}");
        return folder;
    }

    private static void weights(Path file, String type) throws IOException {
        byte[] header = ("{\"w\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0,4]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.array());
    }

    private static long sizeOf(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            long total = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                total += Files.size(file);
            }
            return total;
        }
    }
}
