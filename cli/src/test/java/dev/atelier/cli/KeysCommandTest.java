package dev.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeysCommandTest extends CommandLineFixture {
    @Test
    void aKeyIsMadeListedWithoutItsSecretAndRevoked() {
        Path data = home.resolve("data");

        Outcome made = run("keys", "create", "--name", "studio", "--rate", "10/m", "--daily", "500", "--data", data);
        assertThat(made.code()).as(made.err()).isZero();
        String token = made.outLines().getLast();
        assertThat(token).matches("atl_[0-9a-f]{12}_[0-9A-Za-z_-]{43}");
        String id = token.substring(4, 16);

        assertThat(run("keys", "list", "--data", data).outLines().getLast())
                .contains(id, "studio", "rate 10 in 60 s", "daily 500", "active")
                .doesNotContain(token.substring(17));
        assertThat(run("keys", "revoke", id, "--data", data).code()).isZero();
        assertThat(run("keys", "list", "--data", data).outLines().getLast()).endsWith("revoked");
        assertThat(run("keys", "revoke", id, "--data", data)).satisfies(outcome -> {
            assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
            assertThat(outcome.err()).contains("there is no active key '" + id + "'");
        });
    }

    @Test
    void keysAreFoundByAFileOfSettingsAsTheServiceIs() throws IOException {
        Path data = home.resolve("data");
        Path settings = Files.writeString(home.resolve("atelier.yaml"), "atelier:\n  data: " + data + "\n");
        assertThat(run("keys", "create", "--name", "studio", "--config", settings)
                        .code())
                .isZero();

        assertThat(run("keys", "list", "--atelier.data=" + data).outLines().getLast())
                .contains("studio");
        assertThat(run("keys", "list", "--", "--atelier.data=" + data)
                        .outLines()
                        .getLast())
                .contains("studio");
    }

    @Test
    void aRateThatIsNoneIsAWrongCommandLine() {
        Outcome outcome = run("keys", "create", "--name", "x", "--rate", "often");

        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'often' is not a number of 1 to 999,999 with /s, /m or /h");
    }
}
