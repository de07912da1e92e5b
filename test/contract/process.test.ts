import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Harness, defaultNamed, edgeArgs, failsWith, iefArgs } from "./harness";
import { KINDS } from "./kinds";
import { programDirectory } from "./program-directory";
import { UNKNOWN } from "./values";
import { contract } from "./part";

/** Time that the engine leaves a process between SIGINT and kill, in milliseconds. */
const ENGINE_GRACE = 5000;

export const part = contract("the provider process", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start(harness.newProcess());
  });
  after(() => harness.close());

  it("runs the constant texts, which are at most 90 bytes and name a path that the package exports", async () => {
    const manifest = path.join(programDirectory(), "node_modules/pulumi-video-analysis/package.json");
    const { exports } = JSON.parse(readFileSync(manifest, "utf8")) as { exports: Record<string, unknown> };
    assert.ok("./runtime" in exports);
    assert.match(harness.provider.output, /^\d+\n$/, "only the port before the first hook");
    for (const kind of KINDS) {
      assert.ok(Buffer.byteLength(kind.provider) <= 90);
      const inputs = await harness.provider.check(kind.program("text"));
      assert.equal(inputs.__provider, kind.provider);
    }
  });

  it("does not accept secrets, so that the engine sends plain values", async () => {
    assert.deepEqual(await harness.provider.configure(harness.config()), { acceptSecrets: false });
  });

  it("ends at a SIGINT when no hook was ever called", async () => {
    const provider = await harness.newProcess();
    const { signal, code, ms } = await provider.stop();
    assert.ok(signal === "SIGINT" || code === 0, `ended with ${String(signal ?? code)}`);
    assert.ok(ms < ENGINE_GRACE, `${ms} ms`);
  });

  it("ends at a SIGINT at once when no hook is running, also with idle connections", async () => {
    const provider = await harness.newProcess();
    await provider.up(iefArgs("before-sigint"));
    const { code, ms } = await provider.stop();
    assert.equal(code, 0);
    assert.ok(ms < ENGINE_GRACE, `${ms} ms`);
  });

  it("ends when the engine was killed and it has something to say", async () => {
    const args = defaultNamed(iefArgs("said-to-nobody"));
    await harness.provider.up(args);
    const orphan = await harness.newProcess(undefined, { VIDEO_ANALYSIS_RESUME: "1" });
    const inputs = await orphan.check(args);
    orphan.process.closeOutput();
    // It reports the task that it resumes, without a reader; the answer may or may not come before the end.
    await Promise.race([orphan.create(inputs).catch(() => undefined), orphan.process.exited]);
    assert.deepEqual(await orphan.process.exited, { code: 1, signal: null });
  });

  it("gives three concurrent first calls the configuration", async () => {
    const provider = await harness.newProcess();
    const states = await Promise.all(KINDS.map((kind) => provider.create(kind.program("race"))));
    for (const state of states) {
      assert.equal(state.outputs.region, harness.emulator.region);
      assert.equal(state.outputs.projectId, harness.emulator.projectId);
    }
    assert.deepEqual(
      KINDS.map((kind) => kind.made(harness.emulator, "race").length),
      [1, 1, 1],
    );
  });

  it("refuses to act in Bun, before anything is sent", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "bun-"));
    const preload = path.join(folder, "as-bun.cjs");
    writeFileSync(preload, 'process.versions.bun = "1.2.0";');
    const provider = await harness.newProcess(harness.config(), { NODE_OPTIONS: `--require ${preload}` });
    harness.emulator.clearRequests();
    for (const kind of KINDS) {
      await assert.rejects(provider.check(kind.program("bun")), /RUNTIME_UNSUPPORTED/);
      await assert.rejects(provider.create(kind.program("bun")), /RUNTIME_UNSUPPORTED/);
    }
    assert.deepEqual(harness.emulator.requests, []);
    rmSync(folder, { recursive: true });
  });

  it("takes credentials of a user, and asks for one token only", async () => {
    harness.emulator.clearRequests();
    const provider = await harness.newProcess(
      harness.config({
        token: undefined,
        projectId: undefined,
        userName: "emulator-user",
        password: "emulator-password",
        domainName: "emulator-domain",
      }),
    );
    const steps = await Promise.all(KINDS.map((kind) => provider.up(kind.program("user"))));
    assert.equal(steps[0]?.state.outputs.projectId, harness.emulator.projectId);
    assert.equal(harness.emulator.calls({ service: "iam", method: "POST" }).length, 1);
  });

  it("fails a call under a broken configuration with CONFIGURATION, and check and diff still work", async () => {
    const provider = await harness.newProcess(harness.config({ maxRetries: "many" }));
    const inputs = await provider.check(iefArgs("broken-configuration"));
    await assert.rejects(provider.create(inputs), failsWith("CONFIGURATION", /video-analysis:maxRetries/));
    await assert.rejects(provider.create(inputs), failsWith("CONFIGURATION"));
    assert.equal(harness.posts("broken-configuration"), 0);
  });

  describe("without any configuration", () => {
    before(() => harness.start(harness.newProcess(null)));

    it("checks and diffs", async () => {
      const { provider } = harness;
      const inputs = await provider.check(edgeArgs("offline"));
      assert.equal(inputs.name, "offline");
      assert.equal("region" in inputs, false);
      const diff = await provider.diff("s/t", { ...inputs, stateVersion: 1, unfinished: [] }, inputs);
      assert.deepEqual(diff, { changes: "unknown", replaces: [], deleteBeforeReplace: true });
    });

    it("checks and diffs unknown values, and hands them back as they came", async () => {
      const { provider } = harness;
      const args = { ...iefArgs("unknown"), serviceId: UNKNOWN, input: UNKNOWN, config: { key: UNKNOWN } };
      const inputs = await provider.check(args);
      assert.equal(inputs.serviceId, UNKNOWN);
      assert.equal(inputs.input, UNKNOWN);
      assert.deepEqual(inputs.config, { key: UNKNOWN });
      const known = await provider.check(iefArgs("unknown"));
      const diff = await provider.diff("s/t", { ...known, stateVersion: 1, unfinished: [] }, inputs);
      assert.deepEqual(diff.replaces, ["serviceId", "input", "config"]);
    });

    for (const kind of KINDS) {
      it(`says what is missing when it reads, creates and deletes: ${kind.title}`, async () => {
        const { provider } = harness;
        const inputs = await provider.check(kind.program("nobody", { region: "cn-north-4" }));
        const state = {
          id: kind.missing,
          inputs,
          outputs: inputs,
        };
        const says = failsWith(
          "CONFIGURATION",
          /No credentials were found/,
          /video-analysis:token/,
          /HW_AUTH_TOKEN/,
        );
        await assert.rejects(provider.read(state), says);
        await assert.rejects(provider.create(inputs), says);
        await assert.rejects(provider.delete(state), says);
      });
    }

    it("names the region as missing where nothing gives one", async () => {
      const inputs = await harness.provider.check(defaultNamed(iefArgs("nowhere")));
      await assert.rejects(
        harness.provider.create(inputs),
        failsWith("CONFIGURATION", /region/, /HW_REGION_NAME/),
      );
    });
  });
});
