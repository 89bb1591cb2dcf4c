/** Content credentials (C2PA): what a picture says of where it came from, signed, written into the file and checked. */
package dev.atelier.provenance;
