/** The service that the surfaces call: admission, queue and subscriptions behind one interface. */
package dev.atelier.server.service;
