package dev.atelier.engine.image.codec;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/** The JDK's own encoders, whatever other plug-ins the class path holds. */
final class JdkImageWriters {
    private static final String JPEG_TREE = "javax_imageio_jpeg_image_1.0";

    private JdkImageWriters() {}

    /** @param image of 8 bits a channel without transparency */
    static byte[] png(BufferedImage image) throws IOException {
        ImageWriter writer = writer(PictureFormat.PNG);
        try {
            return write(writer, image, null, writer.getDefaultWriteParam());
        } finally {
            writer.dispose();
        }
    }

    /**
     * @param image of {@code TYPE_INT_RGB}
     * @param quality 1 to 100, by libjpeg's scale
     * @param fullChroma colours at full resolution, else halved on both sides
     * @return starts with a JFIF segment
     */
    static byte[] jpeg(BufferedImage image, int quality, boolean fullChroma) throws IOException {
        ImageWriter writer = writer(PictureFormat.JPEG);
        try {
            JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality / 100f);
            param.setOptimizeHuffmanTables(true);
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
            setChroma(metadata, fullChroma ? 1 : 2);
            return write(writer, image, metadata, param);
        } finally {
            writer.dispose();
        }
    }

    private static void setChroma(IIOMetadata metadata, int lumaFactor) throws IIOInvalidTreeException {
        IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(JPEG_TREE);
        NodeList components = tree.getElementsByTagName("componentSpec");
        ((IIOMetadataNode) components.item(0)).setAttribute("HsamplingFactor", Integer.toString(lumaFactor));
        ((IIOMetadataNode) components.item(0)).setAttribute("VsamplingFactor", Integer.toString(lumaFactor));
        metadata.setFromTree(JPEG_TREE, tree);
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, IIOMetadata metadata, ImageWriteParam param)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), param);
        }
        return out.toByteArray();
    }

    /** The registry is not made for several threads. */
    private static synchronized ImageWriter writer(PictureFormat format) throws IOException {
        Iterator<ImageWriterSpi> own = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageWriterSpi.class,
                        spi -> spi.getClass().getModule() == ImageIO.class.getModule()
                                && Arrays.asList(((ImageWriterSpi) spi).getMIMETypes())
                                        .contains(format.mediaType()),
                        false);
        if (!own.hasNext()) {
            throw PictureException.unsupported(format, "this Java runtime lacks its encoder");
        }
        return own.next().createWriterInstance();
    }
}
