package dev.atelier.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who signs: a private key and its certificates, of a key store of any JCA provider (a file, or a token by PKCS#11). */
public final class SigningIdentity {
    static final String KEY_STORE = "signer.p12";
    static final String PASSWORD = "password";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private SigningIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /** The folder that {@link IdentityFolder#create} has made. */
    public static SigningIdentity open(Path folder) throws IOException, ProvenanceException {
        if (!Files.isDirectory(folder)) {
            throw new ProvenanceException(folder + ": no such folder; 'atelier provenance init' makes one");
        }
        Path password = folder.resolve(PASSWORD);
        if (!Files.isRegularFile(password)) {
            throw new ProvenanceException(
                    folder + ": no file '" + PASSWORD + "'; make the folder with 'atelier provenance init'");
        }
        return open(
                folder.resolve(KEY_STORE),
                Files.readString(password, StandardCharsets.UTF_8).strip().toCharArray());
    }

    /** A key store in a file (PKCS#12 or JKS). */
    public static SigningIdentity open(Path file, char[] password) throws IOException, ProvenanceException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, password);
            return of(store, password);
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw new ProvenanceException(file + ": the password is not that of this key store", e);
            }
            throw e;
        } catch (GeneralSecurityException e) {
            throw new ProvenanceException(file + ": no key store that can be read: " + e.getMessage(), e);
        }
    }

    /**
     * @param store with one private key
     * @throws ProvenanceException when it has none or several, or its certificate may not sign credentials
     */
    public static SigningIdentity of(KeyStore store, char[] password) throws ProvenanceException {
        try {
            List<String> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    keys.add(alias);
                }
            }
            if (keys.size() != 1) {
                throw new ProvenanceException("key store: " + keys.size() + " private keys; one is expected");
            }
            PrivateKey key = (PrivateKey) store.getKey(keys.getFirst(), password);
            List<X509Certificate> chain = new ArrayList<>();
            for (var certificate : store.getCertificateChain(keys.getFirst())) {
                X509Certificate x509 = (X509Certificate) certificate;
                // A root that travels with the file proves nothing; whoever checks has it.
                if (chain.isEmpty() || !x509.getSubjectX500Principal().equals(x509.getIssuerX500Principal())) {
                    chain.add(x509);
                }
            }
            CoseAlgorithm.of(key);
            var fault = CertificateProfile.fault(chain.getFirst());
            if (fault.isPresent()) {
                throw new ProvenanceException(
                        "certificate of " + chain.getFirst().getSubjectX500Principal() + ": " + fault.get());
            }
            return new SigningIdentity(key, List.copyOf(chain));
        } catch (GeneralSecurityException e) {
            throw new ProvenanceException("key store: " + e.getMessage(), e);
        }
    }

    PrivateKey key() {
        return key;
    }

    /** The signer's certificate first, without the root. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** Of the signer. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
