import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "testkit", "emulator");

describe("emulator: independence", () => {
  it("imports nothing but its own files and Node's modules", () => {
    const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(js|d\.ts)$/.test(file),
    );
    assert.ok(files.length > 20);
    for (const file of files) {
      const source = readFileSync(path.join(ROOT, file), "utf8");
      for (const [, specifier = ""] of source.matchAll(/(?:require\(|from |import\()"([^"]+)"/g)) {
        const target = path.resolve(ROOT, path.dirname(file), specifier);
        const own = specifier.startsWith(".") && `${target}${path.sep}`.startsWith(`${ROOT}${path.sep}`);
        assert.ok(own || specifier.startsWith("node:"), `${file} imports ${specifier}`);
      }
    }
  });
});
