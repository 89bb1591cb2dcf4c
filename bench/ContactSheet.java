import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Lays pictures out in rows on one JPEG: {@code java bench/ContactSheet.java OUT.jpg COLUMNS SIDE PICTURE...}. */
final class ContactSheet {
    private static final int GAP = 4;
    private static final float QUALITY = 0.85f;

    private ContactSheet() {}

    public static void main(String[] args) throws IOException {
        int columns = Integer.parseInt(args[1]);
        int side = Integer.parseInt(args[2]);
        List<String> pictures = List.of(args).subList(3, args.length);
        int rows = Math.ceilDiv(pictures.size(), columns);
        BufferedImage sheet = new BufferedImage(
                columns * (side + GAP) - GAP, rows * (side + GAP) - GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < pictures.size(); i++) {
            Image picture = ImageIO.read(new File(pictures.get(i))).getScaledInstance(side, side, Image.SCALE_AREA_AVERAGING);
            graphics.drawImage(picture, i % columns * (side + GAP), i / columns * (side + GAP), null);
        }
        graphics.dispose();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(QUALITY);
        try (var out = ImageIO.createImageOutputStream(new File(args[0]))) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(sheet, null, null), quality);
        } finally {
            writer.dispose();
        }
    }
}
