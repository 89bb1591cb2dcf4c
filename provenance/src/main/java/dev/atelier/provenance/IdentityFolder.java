package dev.atelier.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes a root of one's own and a certificate under it that may sign credentials: {@code root.p12}, {@code root.pem} (what others must
 * trust), {@code signer.p12} and {@code password} in a folder that only its owner reads. By the JDK's keytool.
 */
public final class IdentityFolder {
    private static final int PASSWORD_BYTES = 24;
    private static final int ROOT_DAYS = 3650;
    private static final long SECONDS = 60;
    private static final String VARIABLE = "ATELIER_PROVENANCE_PASSWORD";
    private static final int MAX_NAME = 64;

    private final Path folder;
    private final String password;

    private IdentityFolder(Path folder, String password) {
        this.folder = folder;
        this.password = password;
    }

    /**
     * @param folder is made; must be empty where it is there
     * @param name of the organisation, as others see it, 1 to 64 characters
     * @param days that the signer's certificate is good for, 1 to 3650
     * @throws ProvenanceException when the folder has something in it, a value is out of range, or keytool fails
     */
    public static void create(Path folder, String name, int days) throws IOException, ProvenanceException {
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > MAX_NAME || plain.chars().anyMatch(Character::isISOControl)) {
            throw new ProvenanceException("name: '" + plain + "' has " + plain.length() + " characters; 1 to "
                    + MAX_NAME + " without control characters are allowed");
        }
        if (days < 1 || days > ROOT_DAYS) {
            throw new ProvenanceException("days: " + days + " is not in 1 to " + ROOT_DAYS);
        }
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new ProvenanceException(folder + ": not empty; a key that is there is never replaced");
            }
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        IdentityFolder maker = new IdentityFolder(
                folder, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        maker.make(quoted(plain), days);
    }

    private void make(String name, int days) throws IOException, ProvenanceException {
        Files.writeString(folder.resolve(SigningIdentity.PASSWORD), password + "\n", StandardCharsets.UTF_8);
        keytool(
                "-genkeypair",
                "-alias",
                "root",
                "-keystore",
                "root.p12",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name + " provenance root,O=" + name,
                "-validity",
                Integer.toString(ROOT_DAYS),
                "-ext",
                "bc:critical=ca:true,pathlen:0",
                "-ext",
                "ku:critical=keyCertSign,cRLSign");
        keytool("-exportcert", "-rfc", "-alias", "root", "-keystore", "root.p12", "-file", "root.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "signer",
                "-keystore",
                SigningIdentity.KEY_STORE,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name + " provenance,O=" + name,
                "-validity",
                Integer.toString(days));
        keytool("-certreq", "-alias", "signer", "-keystore", SigningIdentity.KEY_STORE, "-file", "signer.csr");
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "root",
                "-keystore",
                "root.p12",
                "-infile",
                "signer.csr",
                "-outfile",
                "signer.pem",
                "-validity",
                Integer.toString(days),
                "-ext",
                "bc:critical=ca:false",
                "-ext",
                "ku:critical=digitalSignature",
                "-ext",
                "eku=" + CertificateProfile.CLAIM_SIGNING + "," + CertificateProfile.EMAIL_PROTECTION);
        Path store = folder.resolve(SigningIdentity.KEY_STORE);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            keys.setKeyEntry(
                    "signer", keys.getKey("signer", password.toCharArray()), password.toCharArray(), new Certificate[] {
                        certificate("signer.pem"), certificate("root.pem")
                    });
            try (OutputStream out = Files.newOutputStream(store)) {
                keys.store(out, password.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new ProvenanceException("the signer's certificate cannot be stored: " + e.getMessage(), e);
        }
        Files.delete(folder.resolve("signer.csr"));
        Files.delete(folder.resolve("signer.pem"));
    }

    private Certificate certificate(String file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** A value of a distinguished name (RFC 2253). */
    private static String quoted(String value) {
        return value.replaceAll("([,+\"\\\\<>;=#])", "\\\\$1");
    }

    private void keytool(String... arguments) throws IOException, ProvenanceException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass:env", VARIABLE));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        builder.environment().put(VARIABLE, password);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new ProvenanceException("keytool " + arguments[0] + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while a key was made", e));
        } finally {
            process.destroyForcibly();
        }
    }
}
