/** The emulator as Python clients see it: each script is a program that raises where something is not as it should be. */
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { Caller } from "../support";

/** The scripts are not compiled. */
const SCRIPTS = path.resolve(__dirname, "../../../../test/emulator/clients");

/** Another interpreter than the one on the PATH, such as that of a virtual environment. */
const PYTHON = process.env["PYTHON"] ?? "python3";

/** Ends with a status that is not 0 where a module is missing. */
const PROBE = "import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, sys.argv[1:])))";

const has = (module: string): boolean => spawnSync(PYTHON, ["-c", PROBE, module]).status === 0;

describe("emulator and Python clients", () => {
  let caller: Caller;
  before(async () => {
    const transitions = { pendingMs: 0, startingMs: 0, stoppingMs: 0, deletingMs: 0 };
    caller = await Caller.open({ clock: { mode: "auto" }, transitions });
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  for (const [module, script] of [
    ["keystoneauth1", "keystone.py"],
    ["huaweicloudsdkvas", "vas.py"],
  ] as const) {
    if (!has(module)) {
      it(`${module} (skipped: \`${PYTHON}\` does not have it; pip install ${module}, or set PYTHON)`);
      continue;
    }
    it(module, async () => {
      const { region, projectId, endpoints, rootEndpoints } = caller.emulator;
      const place = JSON.stringify({ region, projectId, endpoints, rootEndpoints });
      const run = promisify(execFile)(PYTHON, [path.join(SCRIPTS, script), place]);
      await assert.doesNotReject(run);
      assert.deepEqual(
        caller.emulator.requests.filter(({ service }) => service === "unknown"),
        [],
      );
      assert.equal(caller.emulator.tasks().length, 0, "the script deletes what it creates");
    });
  }
});
