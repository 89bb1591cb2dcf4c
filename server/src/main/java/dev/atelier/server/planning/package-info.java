/** Plans that take their time: predictions accepted with a plan by rules get a better one before a device takes them. */
package dev.atelier.server.planning;
