package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JPEG: baseline, extended and progressive, 8 bits, 1, 3 or 4 components. The decoder sees tables, frame and scans; what
 * application segments say about colours is read here, because files in the wild contradict themselves there and decoders
 * differ in what they do about it.
 */
final class JpegGuard implements FormatGuard {
    /** Real files have a dozen; each scan costs a pass over the whole picture. */
    private static final int MAX_SCANS = 40;

    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int DHT = 0xc4;
    private static final int DAC = 0xcc;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;

    private final JpegSegments segments;
    private final PictureSize size;
    private final int components;
    private final int componentIds;

    JpegGuard(byte[] file) {
        segments = new JpegSegments(file);
        List<JpegSegments.Segment> frames = new ArrayList<>();
        int scans = 0;
        for (JpegSegments.Segment segment : segments.all()) {
            int marker = segment.marker();
            if (marker >= SOF0 && marker <= 0xcf && marker != DHT && marker != 0xc8 && marker != DAC) {
                frames.add(segment);
            }
            scans += marker == SOS ? 1 : 0;
        }
        if (frames.size() != 1 || scans == 0) {
            throw PictureException.broken(
                    PictureFormat.JPEG,
                    frames.size() + " frames with " + scans + " scans, expected 1 frame with scans");
        }
        if (scans > MAX_SCANS) {
            throw PictureException.unsupported(
                    PictureFormat.JPEG, scans + " scans; at most " + MAX_SCANS + " are read");
        }
        JpegSegments.Segment frame = frames.getFirst();
        if (frame.marker() > SOF2) {
            throw PictureException.unsupported(
                    PictureFormat.JPEG, process(frame.marker() - SOF0) + " coding; baseline and progressive are read");
        }
        ByteBuffer fields = segments.payload(frame);
        int bits = fields.get(0);
        int height = fields.getShort(1) & 0xffff;
        int width = fields.getShort(3) & 0xffff;
        components = fields.get(5) & 0xff;
        if (bits != 8) {
            throw PictureException.unsupported(PictureFormat.JPEG, bits + " bits a sample; 8 are read");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw PictureException.unsupported(PictureFormat.JPEG, components + " components; 1, 3 and 4 are read");
        }
        if (width == 0 || height == 0) {
            throw PictureException.broken(PictureFormat.JPEG, width + "x" + height + " is no size");
        }
        size = new PictureSize(width, height);
        componentIds = components == 3 ? fields.get(6) << 16 | fields.get(9) << 8 | fields.get(12) : 0;
    }

    @Override
    public PictureSize size() {
        return size;
    }

    @Override
    public DecodedPicture decode() throws IOException {
        return DecodedPicture.of(samples(new byte[0]), channels())
                .withColours(profile(), 0)
                .withOrientation(TiffDirectory.orientation(segments.exif()));
    }

    /**
     * The samples as they were coded, chroma brought to full resolution, colours not converted.
     *
     * @param tables a JPEG stream of tables alone, which go before this file's own; may be empty
     */
    Raster samples(byte[] tables) throws IOException {
        byte[] pixels = segments.only(JpegGuard::makesPixels);
        if (tables.length > 0) {
            byte[] before = new JpegSegments(tables).only(marker -> marker == SOI || marker == DHT || marker == DQT);
            byte[] joined = Arrays.copyOf(before, before.length + pixels.length - 2);
            System.arraycopy(pixels, 2, joined, before.length, pixels.length - 2);
            pixels = joined;
        }
        Raster raster = JdkImageReaders.readRaster(PictureFormat.JPEG, pixels);
        if (raster.getNumBands() != components
                || raster.getWidth() != size.width()
                || raster.getHeight() != size.height()) {
            throw PictureException.broken(PictureFormat.JPEG, "the pixels do not fit the frame");
        }
        return raster;
    }

    private static boolean makesPixels(int marker) {
        return marker >= SOF0 && marker <= DHT || marker == SOI || marker >= EOI && marker <= DQT || marker == DRI;
    }

    /** What the T.81 standard calls the coding process of frame marker SOF{@code number}. */
    private static String process(int number) {
        String entropy = number >= 9 ? "arithmetic" : "";
        return switch (number % 4) {
            case 3 -> (entropy + " lossless").strip();
            case 0 -> entropy;
            default -> number >= 5 && number <= 7 || number >= 13 ? (entropy + " hierarchical").strip() : entropy;
        };
    }

    /** The rules of libjpeg: JFIF means luma and chroma, then Adobe's flag counts, then the names of the components. */
    private Channels channels() {
        int adobe = segments.adobeTransform();
        return switch (components) {
            case 1 -> Channels.GREY;
            case 3 -> {
                boolean named = componentIds == ('R' << 16 | 'G' << 8 | 'B');
                boolean rgb = !segments.hasJfif() && (adobe == 0 || adobe < 0 && named);
                yield rgb ? Channels.RGB : Channels.YCBCR;
            }
            // Files without Adobe's segment hold its inverted inks too, as browsers take them.
            default -> adobe > 0 ? Channels.YCCK : Channels.INVERTED_CMYK;
        };
    }

    private byte[] profile() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        segments.profileParts().values().forEach(out::writeBytes);
        return out.toByteArray();
    }
}
