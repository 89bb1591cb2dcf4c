package dev.atelier.mcp.lane;

import dev.atelier.mcp.FakeDrawing;
import dev.atelier.mcp.tool.Caller;
import java.io.IOException;
import java.io.PrintStream;

/** The server as a process of its own, with a service that draws at once. */
final class StdioMain {
    private StdioMain() {}

    public static void main(String... args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        new StdioServer(new Lanes("1.2.3"), new Caller(new FakeDrawing(), true, true), System.in, out).run();
    }
}
