package dev.atelier.engine.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names by their first bytes the formats of pictures, and of what is taken for pictures, that are not read. */
final class ForeignFormat {
    /** The formats that are read, as a list in words. */
    static final String READ =
            Arrays.stream(PictureFormat.values()).map(PictureFormat::label).collect(Collectors.joining(", "));

    private static final int HEAD_BYTES = 1024;
    private static final int BRANDS_FROM = 16;
    private static final int DNG_VERSION = 50_706;
    private static final int PHOTOMETRIC = 262;
    private static final List<Integer> SENSOR = List.of(32_803, 34_892);
    private static final int KIND_OF_PAGE = 254;
    private static final int SUB_DIRECTORIES = 330;

    private static final Map<Pattern, String> SIGNATURES = new LinkedHashMap<>();

    static {
        put("JPEG XL", "\\xff\\x0a|\\x00\\x00\\x00\\x0cJXL \\r\\n\\x87\\n");
        put("JPEG 2000", "\\x00\\x00\\x00\\x0cjP  \\r\\n\\x87\\n|\\xff\\x4f\\xff\\x51");
        put("JPEG XR", "II\\xbc");
        put("a raw camera file (Canon)", "II\\x1a\\x00");
        put("a raw camera file", "IIR[OS]|MMOR|IIU\\x00|FUJIFILMCCD-RAW|FOVb|\\x00MRM");
        put("BigTIFF", "II\\+\\x00|MM\\x00\\+");
        put("PSD (Photoshop)", "8BPS");
        put("PDF", "%PDF");
        put("PostScript", "%!PS|\\xc5\\xd0\\xd3\\xc6");
        put("ICO", "\\x00\\x00[\\x01\\x02]\\x00[^\\x00]");
        put("ICNS", "icns");
        put("DDS", "DDS ");
        put("OpenEXR", "v/1\\x01");
        put("Radiance HDR", "#\\?(RADIANCE|RGBE)");
        put("PNM (PBM, PGM, PPM)", "P[1-7]\\s");
        put("QOI", "qoif");
        put("XCF (GIMP)", "gimp xcf");
        put("DjVu", "AT&TFORM");
        put("FLIF", "FLIF");
        put("BPG", "BPG\\xfb");
        put("MNG", "\\x8aMNG");
        put("JNG", "\\x8bJNG");
        put("WMF", "\\xd7\\xcd\\xc6\\x9a");
        put("a video (Matroska, WebM)", "\\x1a\\x45\\xdf\\xa3");
        put("a video (AVI)", "RIFF.{4}AVI ");
        put("sound", "RIFF.{4}WAVE|ID3|OggS|fLaC");
        put("a video (MPEG)", "\\x00\\x00\\x01[\\xb3\\xba]");
        put("a ZIP archive", "PK\\x03\\x04");
        put("a compressed file", "\\x1f\\x8b|7z\\xbc\\xaf|Rar!");
        put("a safetensors file", ".{8}\\{\"");
    }

    private ForeignFormat() {}

    private static void put(String name, String start) {
        SIGNATURES.put(Pattern.compile("(?s)(?:" + start + ").*"), name);
    }

    /** Why {@code file} is not read; empty when it may be a picture of a format that is. */
    static Optional<String> of(byte[] file) {
        if (file.length == 0) {
            return Optional.of("the file is empty");
        }
        String head = new String(file, 0, Math.min(file.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        if (head.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of("the file is a Git LFS pointer, not the picture: run git lfs pull");
        }
        Optional<String> foreign = PictureFormat.sniff(file).isPresent()
                ? rawAsTiff(file, head)
                : boxes(head).or(() -> signature(head)).or(() -> markup(head));
        return foreign.map(name -> name + " is not supported; " + READ + " are");
    }

    private static Optional<String> signature(String head) {
        return SIGNATURES.entrySet().stream()
                .filter(e -> e.getKey().matcher(head).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The formats in boxes of ISO 14496-12, recognised by their brands. */
    private static Optional<String> boxes(String head) {
        if (!head.startsWith("ftyp", 4) || head.length() < 12) {
            return head.startsWith("moov", 4) || head.startsWith("mdat", 4) || head.startsWith("wide", 4)
                    ? Optional.of("a video (QuickTime)")
                    : Optional.empty();
        }
        int length = head.charAt(0) << 24 | head.charAt(1) << 16 | head.charAt(2) << 8 | head.charAt(3);
        int end = Math.clamp(length, BRANDS_FROM, head.length() < BRANDS_FROM ? BRANDS_FROM : head.length());
        String major = head.substring(8, 12);
        String brands = major + (head.length() > BRANDS_FROM ? head.substring(BRANDS_FROM, end) : "");
        if (major.equals("crx ")) {
            return Optional.of("a raw camera file (Canon)");
        }
        if (brands.matches("(?s)(....)*avi[fs].*")) {
            return Optional.of("AVIF");
        }
        if (brands.matches("(?s)(....)*(hei[cxms]|hev[cxms]|mif1|msf1).*")) {
            return Optional.of("HEIC");
        }
        return Optional.of(major.equals("qt  ") ? "a video (QuickTime)" : "a video (MP4)");
    }

    private static Optional<String> markup(String head) {
        String text =
                head.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (!text.startsWith("<")) {
            return text.startsWith("{\"") || text.startsWith("{\n") ? Optional.of("JSON") : Optional.empty();
        }
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
            return Optional.of("a web page (HTML)");
        }
        return text.contains("<svg") || text.contains("svg") && text.startsWith("<!doctype")
                ? Optional.of("SVG")
                : Optional.of("XML");
    }

    /** Many cameras write TIFF whose first page is a preview of a few pixels; the picture itself is as the sensor saw it. */
    private static Optional<String> rawAsTiff(byte[] file, String head) {
        if (!head.startsWith("II*\0") && !head.startsWith("MM\0*")) {
            return Optional.empty();
        }
        if (head.startsWith("CR", 8)) {
            return Optional.of("a raw camera file (Canon)");
        }
        try {
            TiffDirectory directory = TiffDirectory.of(file);
            boolean preview = directory.number(KIND_OF_PAGE, 0) % 2 == 1 && directory.has(SUB_DIRECTORIES);
            boolean raw =
                    directory.has(DNG_VERSION) || preview || SENSOR.contains((int) directory.number(PHOTOMETRIC, -1));
            return raw ? Optional.of("a raw camera file") : Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
