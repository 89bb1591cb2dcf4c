package dev.atelier.engine.image.codec;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Makes TIFF files of one strip: a grey picture of 4x4, unless fields say otherwise. */
final class TiffMaker {
    private static final int LONG = 4;

    private final Map<Integer, Integer> fields;

    TiffMaker() {
        this(new TreeMap<>(Map.of(256, 4, 257, 4, 258, 8, 259, 1, 262, 1, 273, 8, 278, 4, 279, 16)));
    }

    private TiffMaker(Map<Integer, Integer> fields) {
        this.fields = fields;
    }

    TiffMaker with(int tag, int value) {
        Map<Integer, Integer> changed = new TreeMap<>(fields);
        changed.put(tag, value);
        return new TiffMaker(changed);
    }

    byte[] file() {
        return make(new byte[16]);
    }

    byte[] file(byte[] strip) {
        return with(279, strip.length).make(strip);
    }

    private byte[] make(byte[] strip) {
        int directory = 8 + strip.length + strip.length % 2;
        ByteBuffer out = ByteBuffer.allocate(directory + 2 + 12 * fields.size() + 4);
        out.putInt(0x4d4d002a).putInt(directory).put(strip).position(directory);
        out.putShort((short) fields.size());
        fields.forEach((tag, value) ->
                out.putShort(tag.shortValue()).putShort((short) LONG).putInt(1).putInt(value));
        return out.array();
    }
}
