package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * WebP: lossy, lossless, with alpha; the first frame of an animation. The native decoder is handed a new file made from one
 * frame whose headers were checked: sizes that agree with each other and chunks that end inside the file.
 */
final class WebpGuard implements FormatGuard {
    private static final int ALPHA_FLAG = 0x10;
    private static final int FRAME_HEADER = 16;
    private static final int LOSSY_HEADER = 10;
    private static final int LOSSLESS_HEADER = 5;

    private final byte[] file;
    private final ByteBuffer fields;
    private final List<WebpChunks.Chunk> chunks;
    private final List<WebpChunks.Chunk> frameChunks;
    private final WebpChunks.Chunk pixels;
    private final PictureSize frame;
    private final PictureSize canvas;
    private final int left;
    private final int top;

    WebpGuard(byte[] file) {
        this.file = file;
        fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long end = (fields.getInt(4) & 0xffff_ffffL) + 8;
        if (end > file.length) {
            throw broken("the header says " + end + " bytes, the file has " + file.length);
        }
        chunks = WebpChunks.list(file, WebpChunks.RIFF_HEADER, (int) end);
        Optional<WebpChunks.Chunk> extended = find(chunks, "VP8X");
        Optional<WebpChunks.Chunk> animated = find(chunks, "ANMF");
        if (animated.isPresent()) {
            WebpChunks.Chunk first = animated.get();
            left = unsigned24(first.offset()) * 2;
            top = unsigned24(first.offset() + 3) * 2;
            frameChunks = WebpChunks.list(file, first.offset() + FRAME_HEADER, first.offset() + first.length());
        } else {
            left = 0;
            top = 0;
            frameChunks = chunks;
        }
        pixels = find(frameChunks, "VP8 ")
                .or(() -> find(frameChunks, "VP8L"))
                .orElseThrow(() -> broken("there are no pixels"));
        frame = pixels.kind().equals("VP8L") ? losslessSize() : lossySize();
        canvas = extended.map(this::canvasSize).orElse(frame);
        if (animated.isPresent()) {
            checkFrame(animated.get());
        } else if (!canvas.equals(frame)) {
            throw broken("the canvas is " + canvas + ", the picture " + frame);
        }
    }

    private void checkFrame(WebpChunks.Chunk animated) {
        int width = unsigned24(animated.offset() + 6) + 1;
        int height = unsigned24(animated.offset() + 9) + 1;
        if (width != frame.width() || height != frame.height()) {
            throw broken("a frame of " + width + "x" + height + " holds a picture of " + frame);
        }
        if (left + width > canvas.width() || top + height > canvas.height()) {
            throw broken("a frame reaches beyond the canvas of " + canvas);
        }
    }

    /** RFC 6386, 9.1: a key frame starts with a 3-byte tag, the start code 9d 01 2a, and two sizes of 14 bits. */
    private PictureSize lossySize() {
        int at = pixels.offset();
        if (pixels.length() < LOSSY_HEADER) {
            throw broken("the lossy picture has " + pixels.length() + " bytes");
        }
        int tag = unsigned24(at);
        boolean key = (tag & 1) == 0;
        int firstPartition = tag >> 5;
        if (!key || unsigned24(at + 3) != 0x2a019d || firstPartition > pixels.length() - LOSSY_HEADER) {
            throw broken("the lossy picture does not start with a key frame");
        }
        return sizeOf(fields.getShort(at + 6) & 0x3fff, fields.getShort(at + 8) & 0x3fff);
    }

    /** WebP lossless bitstream specification, 3: signature 2f, then sizes less one of 14 bits, alpha, version 0. */
    private PictureSize losslessSize() {
        int at = pixels.offset();
        if (pixels.length() < LOSSLESS_HEADER || file[at] != 0x2f || fields.getInt(at + 1) >>> 29 != 0) {
            throw broken("the lossless picture lacks its signature");
        }
        int bits = fields.getInt(at + 1);
        return sizeOf((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
    }

    private PictureSize canvasSize(WebpChunks.Chunk extended) {
        if (extended.length() < 10) {
            throw broken("the extended header has " + extended.length() + " bytes");
        }
        return sizeOf(unsigned24(extended.offset() + 4) + 1, unsigned24(extended.offset() + 7) + 1);
    }

    private static PictureSize sizeOf(int width, int height) {
        if (width == 0 || height == 0) {
            throw broken(width + "x" + height + " is no size");
        }
        return new PictureSize(width, height);
    }

    @Override
    public PictureSize size() {
        return canvas;
    }

    @Override
    public DecodedPicture decode() throws IOException {
        BufferedImage image = WebpCodec.decode(still());
        if (image.getWidth() != frame.width() || image.getHeight() != frame.height()) {
            throw broken("the pixels do not fit the header");
        }
        return DecodedPicture.of(onCanvas(image))
                .withColours(part("ICCP"), 0)
                .withOrientation(TiffDirectory.orientation(exif()));
    }

    /** The first frame as a file of its own. */
    private byte[] still() {
        List<byte[]> parts = new ArrayList<>();
        Optional<WebpChunks.Chunk> alpha = find(frameChunks, "ALPH");
        if (alpha.isPresent() && pixels.kind().equals("VP8 ")) {
            parts.add(WebpChunks.extended(ALPHA_FLAG, frame));
            parts.add(WebpChunks.chunk("ALPH", WebpChunks.data(file, alpha.get())));
        }
        parts.add(WebpChunks.chunk(pixels.kind(), WebpChunks.data(file, pixels)));
        return WebpChunks.file(parts);
    }

    private BufferedImage onCanvas(BufferedImage image) {
        if (canvas.equals(frame)) {
            return image;
        }
        BufferedImage whole = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            whole.setRGB(left, top + y, row.length, 1, row, 0, row.length);
        }
        return whole;
    }

    /** Some writers keep the prefix that EXIF has in JPEG. */
    private byte[] exif() {
        byte[] data = part("EXIF");
        return JpegSegments.withoutExifPrefix(data);
    }

    private byte[] part(String kind) {
        return find(chunks, kind).map(chunk -> WebpChunks.data(file, chunk)).orElse(new byte[0]);
    }

    private static Optional<WebpChunks.Chunk> find(List<WebpChunks.Chunk> chunks, String kind) {
        return chunks.stream().filter(chunk -> chunk.kind().equals(kind)).findFirst();
    }

    private int unsigned24(int at) {
        return fields.getShort(at) & 0xffff | (file[at + 2] & 0xff) << 16;
    }

    private static PictureException broken(String reason) {
        return PictureException.broken(PictureFormat.WEBP, reason);
    }
}
