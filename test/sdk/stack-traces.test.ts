/** Registering a resource costs no stack traces, and still leads to the program's line. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CLASSES, PLUGIN_CLASSES, registration, useMocks } from "./support";

const OWN_FILE = /stack-traces\.test/;

interface SourcePosition {
  getUri(): string;
}

interface Registered {
  getSourceposition(): SourcePosition | undefined;
}

interface Monitor {
  registerResource(request: Registered, callback: unknown): unknown;
}

describe("stack traces", () => {
  const onPlugin = Object.entries(PLUGIN_CLASSES).map(
    ([name, create]) => [`${name} on the plugin`, create] as const,
  );
  for (const [title, create] of [...Object.entries(CLASSES), ...onPlugin]) {
    describe(title, () => {
      it("are not taken while the SDK makes its promises, and are as before afterwards", async () => {
        await useMocks();
        const limit = Error.stackTraceLimit;
        let during: number | undefined;
        const opts = {
          get aliases(): [] {
            during ??= Error.stackTraceLimit;
            return [];
          },
        };
        await registration(create("watched", opts));
        assert.deepEqual([during, Error.stackTraceLimit], [0, limit]);
      });

      it("of what the SDK refuses lead to the program", async () => {
        await useMocks();
        assert.throws(
          () => create(""),
          (error: unknown) => error instanceof Error && OWN_FILE.test(error.stack ?? ""),
        );
      });

      it("give the resource its line in the program", async () => {
        await useMocks();
        const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
        const register = monitor.registerResource.bind(monitor);
        const files: (string | undefined)[] = [];
        monitor.registerResource = (request, callback) => {
          files.push(request.getSourceposition()?.getUri());
          return register(request, callback);
        };
        await registration(create("placed"));
        assert.match(files.at(-1) ?? "", /test\/sdk\/support\.ts$/, "where `new` stands");
      });
    });
  }

  for (const [title, create] of Object.entries(CLASSES)) {
    it(`of what ${title} refuses lead to the program`, async () => {
      await useMocks();
      assert.throws(
        () => create("imported", { import: "x" }),
        (error: unknown) => error instanceof Error && OWN_FILE.test(error.stack ?? ""),
      );
    });
  }
});
