/** Makes the pictures: claims predictions, runs them on a device, records what comes out. */
package dev.atelier.server.worker;
