import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { REPOSITORY } from "./support";

describe("the program side", () => {
  it("loads neither a validator, an HTTP client nor anything of the provider but the configuration keys", () => {
    const script = `
      require(${JSON.stringify(path.join(REPOSITORY, "dist", "sdk"))});
      console.log(JSON.stringify(Object.keys(require.cache)));
    `;
    const loaded = JSON.parse(
      execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }),
    ) as string[];
    const names = loaded.map((file) => path.relative(REPOSITORY, file).replaceAll(path.sep, "/"));
    for (const file of ["service-task", "batch-task", "video-analysis-job"]) {
      assert.ok(names.includes(`dist/sdk/${file}.js`));
    }
    assert.deepEqual(
      names.filter((name) =>
        /node_modules\/(zod|undici)\/|^dist\/(?!sdk\/|provider\/services\/configuration\.js$)/.test(name),
      ),
      [],
    );
  });
});

describe("the provider side", () => {
  it("loads no HTTP client where nothing is called, as in a preview", () => {
    const runtime = JSON.stringify(path.join(REPOSITORY, "dist", "provider", "runtime"));
    const script = `
      require(${runtime}).ServiceTask.check({}, {}).then(({ failures }) => {
        const clients = Object.keys(require.cache).filter((file) => /node_modules.undici./.test(file));
        console.log(JSON.stringify({ refused: failures.length > 0, clients }));
      });
    `;
    const answer = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(answer), { refused: true, clients: [] });
  });
});
