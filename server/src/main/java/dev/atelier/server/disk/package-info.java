/** Room on the disk: how much is left, and what is done when it runs out. */
package dev.atelier.server.disk;
