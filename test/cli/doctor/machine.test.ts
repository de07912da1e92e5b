/** The checks without calls: versions, the project, configuration and credentials. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHECK_IDS } from "../../../cli/commands/doctor/report/schema";
import { VERSION } from "../../../cli/common/package-info";
import { run } from "../support";
import { diagnose, type Diagnosed } from "./support";

const SDK = "@pulumi/pulumi";
const PACKAGE = "pulumi-video-analysis";

describe("video-analysis doctor: machine", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "video-analysis-doctor-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const look = (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Diagnosed> =>
    diagnose(args, { cwd: folder, env: { HOME: folder, XDG_CONFIG_HOME: folder, PATH: folder, ...env } });

  function write(file: string, text: string): string {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, { mode: 0o755 });
    return target;
  }

  /** A stand-in of a package. */
  function install(name: string, version: string, within = ""): void {
    const exports = { "./runtime": "./runtime.js", "./package.json": "./package.json" };
    const place = path.join(within, "node_modules", name);
    write(path.join(place, "package.json"), JSON.stringify({ name, version, exports }));
    write(path.join(place, "runtime.js"), "");
  }
  const project = (runtime = "nodejs"): string => write("Pulumi.yaml", `name: site\nruntime: ${runtime}\n`);

  it("says offline and without credentials what is missing, line by line", async () => {
    const found = await look();
    assert.equal(found.status, 1);
    assert.deepEqual(Object.keys(found.checks), [...CHECK_IDS]);
    assert.deepEqual(found.with("failed"), ["region", "credentials"]);
    assert.equal(found.stderr, "");
  });

  it("accepts a project that has what it needs", async () => {
    project();
    install(SDK, "3.248.0");
    install(PACKAGE, VERSION);
    write("pulumi", "#!/bin/sh\necho v3.260.0\n");
    const found = await look();
    for (const id of ["node", "program", "package", "sdk", "pulumi-cli", "provider-process"] as const) {
      assert.equal(found.checks[id].status, "ok", `${id}: ${found.checks[id].detail}`);
    }
  });

  it("says what a project lacks, and follows its `main`", async () => {
    write("Pulumi.yaml", "name: site\nruntime: { name: nodejs }\nmain: infra/index.js\n");
    write("infra/index.js", "");
    install(SDK, "3.100.0");
    const found = await look();
    assert.deepEqual(
      found.with("failed").filter((id) => CHECK_IDS.indexOf(id) < CHECK_IDS.indexOf("stack")),
      ["package", "sdk", "provider-process"],
    );
    assert.match(found.checks["provider-process"].detail, /infra/);
    assert.equal(found.checks["pulumi-cli"].status, "warning");
    install(PACKAGE, VERSION, "infra");
    assert.equal((await look()).checks["provider-process"].status, "ok");
  });

  it("warns of another version, and of further copies", async () => {
    project();
    install(PACKAGE, "0.0.1");
    assert.equal((await look()).checks.package.status, "warning");
    install(PACKAGE, VERSION);
    install(PACKAGE, VERSION, "node_modules/@site/components");
    install(SDK, "3.248.0");
    install(SDK, "3.240.0", `node_modules/${PACKAGE}`);
    const found = await look();
    assert.deepEqual([found.checks.package.status, found.checks.sdk.status], ["warning", "warning"]);
    assert.match(found.checks.package.detail, /@site\/components/);
    assert.match(found.checks.sdk.detail, /3\.240\.0/);
  });

  it("refuses yarn's Plug'n'Play, and says why", async () => {
    project();
    write(".pnp.cjs", "");
    const found = await look();
    assert.equal(found.checks["provider-process"].status, "failed");
    assert.match(found.checks["provider-process"].remedy ?? "", /nodeLinker/);
  });

  it("takes a project of another language for one on the plugin, and warns of Bun", async () => {
    project("python");
    const found = await look();
    const ids = ["program", "package", "sdk", "provider-process", "plugin"] as const;
    assert.deepEqual(
      ids.map((id) => found.checks[id].status),
      ["ok", "skipped", "skipped", "skipped", "warning"],
    );
    assert.match(
      found.checks.plugin.remedy ?? "",
      /`npx --package pulumi-video-analysis video-analysis plugin install`/,
    );
    project("bun");
    assert.equal((await look()).checks.program.status, "warning");
    write("Pulumi.yaml", "name: site\n");
    assert.equal((await look()).checks.program.status, "failed");
  });

  it("reports a project file that is none", async () => {
    write("Pulumi.yaml", "name: [");
    const found = await look();
    assert.equal(found.checks.program.status, "failed");
    assert.match(found.checks.program.detail, /CONFIGURATION/);
  });

  describe("configuration", () => {
    it("is asked for key by key: half a bundle fails, and the endpoints are looked at all the same", async () => {
      const found = await look(
        ["--config", "region=eu-de", "--config", 'endpoints={"iam":"http://127.0.0.1:1"}', "--timeout", "1"],
        { HW_ACCESS_KEY: "canary-access", OS_SECRET_KEY: "canary-secret", HTTPS_PROXY: "http://127.0.0.1:1" },
      );
      assert.equal(found.checks.credentials.status, "failed");
      assert.match(found.checks.credentials.detail, /HW_SECRET_KEY.*OS_SECRET_KEY/);
      assert.deepEqual([found.checks.settings.status, found.checks.region.status], ["ok", "ok"]);
      assert.equal(found.checks["endpoint-iam"].status, "failed");
      assert.equal(found.checks.authentication.status, "skipped");
      assert.ok(!found.stdout.includes("canary"), found.stdout);
    });

    it("says which credentials count, and which were passed over", async () => {
      const env = { HW_AUTH_TOKEN: "canary-token", OS_USERNAME: "operator", OS_PASSWORD: "canary-password" };
      const found = await look(["--config", "projectId=p"], env);
      assert.match(found.checks.credentials.detail, /HW_AUTH_TOKEN.*passed over.*OS_USERNAME, OS_PASSWORD/);
      const preferred = await look(["--config", "token=canary-config"], {
        ...env,
        VIDEO_ANALYSIS_CREDENTIALS: "env",
      });
      assert.match(preferred.checks.credentials.detail, /HW_AUTH_TOKEN.*passed over.*video-analysis:token/);
      assert.ok(!`${found.stdout}${preferred.stdout}`.includes("canary"));
    });

    it("names a setting that is not usable, and where it stands", async () => {
      const found = await look(["--config", "signing=none", "--config", "region=eu-de"]);
      assert.equal(found.checks.settings.status, "failed");
      assert.match(found.checks.settings.detail, /video-analysis:signing/);
      assert.equal(found.checks.region.status, "skipped");
    });

    it("comes from a stack's file, whose secrets are encrypted or not", async () => {
      const file = write(
        "Pulumi.dev.yaml",
        "config:\n  video-analysis:region: eu-de\n  video-analysis:token: { secure: abc }\n",
      );
      const found = await look(["--config-file", file, "--timeout", "1"], {
        HTTPS_PROXY: "http://127.0.0.1:1",
      });
      assert.deepEqual([found.checks.stack.status, found.checks.region.status], ["warning", "ok"]);
      assert.match(found.checks.stack.remedy ?? "", /PULUMI_CONFIG_PASSPHRASE/);
    });

    it("goes on where the stack cannot be read", async () => {
      for (const args of [
        ["--stack", "dev"],
        ["--state", "no-such-file"],
        ["--config-file", "no-such-file"],
      ]) {
        const found = await look(args);
        assert.equal(found.checks.stack.status, "failed", args.join(" "));
        assert.match(found.checks.stack.detail, /CONFIGURATION/);
        assert.equal(found.checks.credentials.status, "failed");
      }
    });

    it("looks at the services that a state's resources use", async () => {
      const resource = (type: string, outputs: object): object => ({
        urn: `urn:pulumi:dev::site::pulumi-nodejs:dynamic/video-analysis:${type}::x`,
        type: `pulumi-nodejs:dynamic/video-analysis:${type}`,
        id: "x",
        outputs,
        provider: "urn:pulumi:dev::site::pulumi:providers:pulumi-nodejs::default::1",
      });
      const provider = {
        urn: "urn:pulumi:dev::site::pulumi:providers:pulumi-nodejs::default",
        type: "pulumi:providers:pulumi-nodejs",
        id: "1",
        inputs: {
          "video-analysis:region": "cn-north-4",
          "video-analysis:endpoints": JSON.stringify({
            modelarts: "http://127.0.0.1:1",
            iva: "http://127.0.0.1:1",
          }),
          "video-analysis:token": "canary-recorded",
          "video-analysis:projectId": "p",
        },
      };
      const resources = [
        provider,
        resource("ServiceTask", { serviceId: "svc-1" }),
        resource("VideoAnalysisJob", { serviceName: "face-detect" }),
      ];
      const state = write("state.json", JSON.stringify({ version: 3, deployment: { resources } }));
      const found = await look(["--state", state, "--timeout", "1"], { HTTPS_PROXY: "http://127.0.0.1:1" });
      assert.match(found.checks.region.detail, /cn-north-4/);
      assert.match(found.checks["service-modelarts"].detail, /svc-1/);
      assert.match(found.checks["service-iva"].detail, /face-detect/);
      assert.ok(!found.stdout.includes("canary"));
    });
  });

  it("writes the report to a file beside the text, coloured only when asked to", async () => {
    const file = path.join(folder, "report.json");
    const env = { HOME: folder, PATH: folder };
    const plain = await run(["doctor", "--json", file], { cwd: folder, env });
    const colored = await run(["doctor", "--color"], { cwd: folder, env });
    assert.deepEqual([plain.status, colored.status], [1, 1]);
    assert.equal((JSON.parse(readFileSync(file, "utf8")) as { exitStatus: number }).exitStatus, 1);
    assert.ok(!plain.stdout.includes("\u001b["));
    assert.ok(colored.stdout.includes("\u001b[31mfailed"));
  });

  it("refuses options that are none", async () => {
    for (const args of [
      ["--timeout", "0"],
      ["--config", "nonsense=1"],
      ["--nonsense"],
      ["--state", "x", "--json", "./x"],
    ]) {
      const { status, stdout } = await run(["doctor", ...args], { cwd: folder });
      assert.deepEqual([status, stdout], [1, ""], args.join(" "));
    }
  });
});
