package dev.atelier.engine.image.codec;

import dev.atelier.engine.image.PictureSize;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The XMP packet (ISO 16684-1) in a picture's file: that it was made by a model, by which program, from which prompt, and all
 * parameters as JSON in a property of our own.
 */
final class XmpPacket {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String DC = "http://purl.org/dc/elements/1.1/";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/";
    private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private static final String ATELIER = "https://atelier.dev/ns/1.0/";
    private static final String PARAMETERS = "parameters";

    private XmpPacket() {}

    static byte[] write(PictureMetadata metadata) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>".getBytes(StandardCharsets.UTF_8));
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartElement("x", "xmpmeta", "adobe:ns:meta/");
            xml.writeNamespace("x", "adobe:ns:meta/");
            xml.writeStartElement("rdf", "RDF", RDF);
            xml.writeNamespace("rdf", RDF);
            xml.writeStartElement("rdf", "Description", RDF);
            xml.writeNamespace("dc", DC);
            xml.writeNamespace("xmp", XMP);
            xml.writeNamespace("Iptc4xmpExt", IPTC);
            xml.writeNamespace("atelier", ATELIER);
            xml.writeAttribute("rdf", RDF, "about", "");
            text(xml, "Iptc4xmpExt", IPTC, "DigitalSourceType", PictureMetadata.DIGITAL_SOURCE_TYPE);
            text(xml, "xmp", XMP, "CreatorTool", metadata.software());
            xml.writeStartElement("dc", "description", DC);
            xml.writeStartElement("rdf", "Alt", RDF);
            xml.writeStartElement("rdf", "li", RDF);
            xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "x-default");
            xml.writeCharacters(legal(metadata.prompt()));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            text(xml, "atelier", ATELIER, PARAMETERS, JSON.writeValueAsString(toJson(metadata)));
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XMP to memory failed", e);
        }
        out.writeBytes("<?xpacket end=\"w\"?>".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** The parameters in a packet; empty when there are none or they are damaged. */
    static Optional<PictureMetadata> read(byte[] packet) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml =
                    factory.createXMLStreamReader(new StringReader(new String(packet, StandardCharsets.UTF_8)));
            while (xml.hasNext()) {
                xml.next();
                if (xml.isStartElement()
                        && PARAMETERS.equals(xml.getLocalName())
                        && ATELIER.equals(xml.getNamespaceURI())) {
                    return fromJson(JSON.readTree(xml.getElementText()));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void text(XMLStreamWriter xml, String prefix, String namespace, String name, String value)
            throws XMLStreamException {
        xml.writeStartElement(prefix, name, namespace);
        xml.writeCharacters(legal(value));
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters, nor half a surrogate pair. */
    private static String legal(String text) {
        return text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || c >= 0x20 && c < 0xd800
                                || c >= 0xe000 && c < 0xfffe
                                || c > 0xffff
                        ? c
                        : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ObjectNode toJson(PictureMetadata metadata) {
        ObjectNode json = JSON.createObjectNode();
        json.put("software", metadata.software());
        json.put("model", metadata.model());
        json.put("prompt", metadata.prompt());
        json.put("negative_prompt", metadata.negativePrompt());
        json.put("seed", metadata.sampling().seed());
        json.put("steps", metadata.sampling().steps());
        json.put("guidance_scale", metadata.sampling().guidanceScale());
        json.put("width", metadata.size().width());
        json.put("height", metadata.size().height());
        metadata.extra().forEach(json.putObject("extra")::put);
        return json;
    }

    private static Optional<PictureMetadata> fromJson(JsonNode json) {
        Map<String, String> extra = new TreeMap<>();
        json.path("extra")
                .properties()
                .forEach(entry -> extra.put(entry.getKey(), entry.getValue().asString()));
        return Optional.of(new PictureMetadata(
                json.path("software").asString(""),
                json.path("model").asString(""),
                json.path("prompt").asString(""),
                json.path("negative_prompt").asString(""),
                new PictureMetadata.Sampling(
                        json.path("seed").asLong(0),
                        json.path("steps").asInt(0),
                        json.path("guidance_scale").asDouble(0)),
                new PictureSize(json.path("width").asInt(0), json.path("height").asInt(0)),
                extra));
    }
}
