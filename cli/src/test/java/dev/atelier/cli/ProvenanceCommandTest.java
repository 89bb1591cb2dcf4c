package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvenanceCommandTest extends CommandLineFixture {
    private Path keys;
    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        Path model = Files.createDirectories(home.resolve(".cache/atelier/models/studio/klein"));
        Files.writeString(model.resolve("model_index.json"), "{}");
        variables.put("ATELIER_MODEL", "klein");
        keys = home.resolve("keys");
        out = home.resolve("fox.webp");
    }

    @Test
    void keysAreMadePicturesSignedAndChecked() throws IOException {
        assertThat(run("provenance", "init", keys, "--name", "Example").code()).isZero();
        assertThat(run("generate", "a red fox", "--provenance", keys, "-o", out).code())
                .isZero();

        Outcome plain = run("verify", out);
        Outcome trusted = run("verify", out, "--trust", keys.resolve("root.pem"));

        assertThat(plain.code()).isZero();
        assertThat(plain.outLines().getFirst()).isEqualTo(out + ": valid");
        assertThat(plain.outLines()).anyMatch(line -> line.contains("signingCredential.untrusted"));
        assertThat(trusted.code()).isZero();
        assertThat(trusted.outLines().getFirst()).isEqualTo(out + ": trusted");
        assertThat(trusted.outLines()).anyMatch(line -> line.contains("c2pa.created by "));

        byte[] changed = Files.readAllBytes(out);
        changed[40] ^= 1;
        Files.write(out, changed);
        Outcome damaged = run("verify", out);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.outLines().getFirst()).isEqualTo(out + ": invalid");
        assertThat(damaged.outLines()).anyMatch(line -> line.contains("assertion.dataHash.mismatch"));
    }

    @Test
    void aPictureWithoutCredentialsIsNoneAndOtherFilesAreRefused() throws IOException {
        run("generate", "a red fox", "-o", out);
        Path text = Files.writeString(home.resolve("a.txt"), "words");

        Outcome none = run("verify", out);

        assertThat(none.code()).isEqualTo(1);
        assertThat(none.outLines()).containsExactly(out + ": absent");
        assertThat(run("verify", text).err()).contains("a.txt: the file is no PNG, JPEG or WebP");
        assertThat(run("generate", "a fox", "--provenance", keys, "-o", out, "--overwrite")
                        .err())
                .contains("--provenance: " + keys + ": no such folder");
        assertThat(run("provenance", "init", keys, "--name", "Example", "--days", 0)
                        .err())
                .contains("days: 0 is not in 1 to 3650");
    }
}
