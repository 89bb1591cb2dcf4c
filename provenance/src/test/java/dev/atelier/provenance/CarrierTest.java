package dev.atelier.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CarrierTest {
    /** Sizes around those of a JPEG's segments, where a store is cut into pieces. */
    private static final int[] SIZES = {64, 65, 65_516, 65_517, 65_518, 65_525, 65_526, 200_001};

    @Test
    void aStoreIsFoundAsItWasPutInAndLeavesNoTraceWhenRemoved() throws IOException, ProvenanceException {
        SplittableRandom random = new SplittableRandom(2);
        for (Map.Entry<String, byte[]> file : Samples.files().entrySet()) {
            for (int size : SIZES) {
                byte[] data = new byte[size];
                random.nextBytes(data);
                byte[] store = Jumbf.superBox(Jumbf.STORE, "c2pa", Jumbf.box("free", data));
                Carrier carrier = Carrier.of(file.getValue());

                byte[] carrying = carrier.insert(file.getValue(), store);
                Carrier.Placed placed = carrier.find(carrying);

                assertThat(placed.store()).as(file.getKey() + " " + size).isEqualTo(store);
                assertThat(placed.ranges().stream()
                                .mapToInt(Carrier.Range::length)
                                .sum())
                        .isEqualTo(carrier.wrap(store).length)
                        .isEqualTo(carrying.length - file.getValue().length);
                assertThat(carrier.remove(carrying, placed)).isEqualTo(file.getValue());
            }
        }
    }

    @Test
    void picturesWithAStoreAreStillPictures() throws IOException, ProvenanceException {
        byte[] store = Jumbf.superBox(Jumbf.STORE, "c2pa", Jumbf.box("free", new byte[100_000]));
        Map<String, byte[]> files = Samples.files();
        for (String format : new String[] {"PNG", "JPEG"}) {
            byte[] file = files.get(format);
            byte[] carrying = Carrier.of(file).insert(file, store);
            assertThat(ImageIO.read(new ByteArrayInputStream(carrying)).getRGB(20, 10))
                    .isEqualTo(ImageIO.read(new ByteArrayInputStream(file)).getRGB(20, 10));
        }
    }

    @Test
    void otherFilesAreRefusedAndDamagedOnesNamed() throws IOException {
        assertThatThrownBy(() -> Carrier.of("GIF89a".getBytes())).hasMessage("the file is no PNG, JPEG or WebP");
        for (byte[] file : Samples.files().values()) {
            for (int length = 12; length < 40; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                try {
                    Carrier.of(cut).find(cut);
                } catch (ProvenanceException e) {
                    assertThat(e).hasMessageContaining("damaged or cut at byte");
                }
            }
        }
    }
}
