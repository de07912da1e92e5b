import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { decodeText } from "../../provider/services/auth/files";
import { environmentSources } from "../../provider/services/auth/configuration";
import { resolveSettings } from "../../provider/services/auth/settings";
import { cloud, CLOUDS, type Environment, Home, USER } from "./home";
import { stack } from "./support";

describe("settings from files", () => {
  const home = new Home();

  it("begin at the program's directory and at ~, wherever the process runs", () => {
    const ca = (values: Parameters<typeof stack>[0], env: Environment = {}): (string | undefined)[] => {
      const all = { HOME: home.path, ...env };
      const { caCertFile, caCertSource } = resolveSettings(
        [stack(values), ...environmentSources(all)],
        all,
        path.join(home.path, "program"),
      );
      return [caCertFile, caCertSource];
    };
    const inStack = "video-analysis:caCertFile in the stack configuration";
    assert.deepEqual(ca({ caCertFile: "ca.pem" }), [path.join(home.path, "program/ca.pem"), inStack]);
    assert.deepEqual(ca({ caCertFile: "~/ca.pem" }), [path.join(home.path, "ca.pem"), inStack]);
    assert.deepEqual(ca({ caCertFile: "/ca.pem" }), ["/ca.pem", inStack]);
    assert.deepEqual(ca({ caCertFile: "~other/ca.pem" }), [
      path.join(home.path, "program/~other/ca.pem"),
      inStack,
    ]);
    assert.deepEqual(ca({}, { OS_CACERT: "../ca.pem" }), [
      path.join(home.path, "ca.pem"),
      "OS_CACERT in the environment (OS_*)",
    ]);
    const file = home.write("program/clouds.yaml", cloud(USER, "cacert: ~/ca.pem"));
    assert.deepEqual(ca({ cloudName: "one" }), [
      path.join(home.path, "ca.pem"),
      `cacert in the cloud "one" in ${file}`,
    ]);
    for (const OS_CLIENT_CONFIG_FILE of ["~/named.yaml", "../named.yaml"]) {
      const named = home.write("named.yaml", cloud(USER, "cacert: named.pem"));
      assert.deepEqual(ca({}, { OS_CLIENT_CONFIG_FILE, OS_CLOUD: "one" }), [
        path.join(home.path, "program/named.pem"),
        `cacert in the cloud "one" in ${named}`,
      ]);
    }
    home.write("hcloud.json", {
      current: "p",
      profiles: [{ name: "p", mode: "AKSK", accessKeyId: "A", secretAccessKey: "S", region: "eu-de" }],
    });
    const env = { HOME: home.path, HW_SHARED_CONFIG_FILE: "~/hcloud.json" };
    assert.equal(resolveSettings(environmentSources(env), env, "/").credentials?.kind, "accessKey");
  });

  it("are read as PowerShell writes them too", () => {
    const text = cloud(USER, "region_name: eu-nl");
    const big = Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    const forms = [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, "utf16le"), big];
    for (const bytes of [...forms, Buffer.from(text, "utf16le"), Buffer.from(text)]) {
      home.write(CLOUDS, "");
      writeFileSync(path.join(home.path, CLOUDS), bytes);
      assert.equal(home.settings({ cloudName: "one" }).region, "eu-nl");
    }
    for (const odd of ["", "a", "\u00e9"]) assert.equal(decodeText(Buffer.from(odd)), odd);
  });
});

describe("origins of settings", () => {
  it("name source, kind and spelling of every key in use, and no value", () => {
    const env = {
      HW_ACCESS_KEY: "ak-canary",
      HW_SECRET_KEY: "sk-canary",
      OS_REGION_NAME: "eu-nl",
      OS_USERNAME: "u-canary",
    };
    const { origins } = resolveSettings(
      [stack({ maxRetries: "3", endpoints: "{}" }), ...environmentSources(env)],
      env,
    );
    assert.deepEqual(origins, {
      region: { source: "the environment (OS_*)", kind: "environment", spelling: "OS_REGION_NAME" },
      accessKey: { source: "the environment (HW_*)", kind: "environment", spelling: "HW_ACCESS_KEY" },
      secretKey: { source: "the environment (HW_*)", kind: "environment", spelling: "HW_SECRET_KEY" },
      endpoints: {
        source: "the stack configuration",
        kind: "configuration",
        spelling: "video-analysis:endpoints",
      },
      maxRetries: {
        source: "the stack configuration",
        kind: "configuration",
        spelling: "video-analysis:maxRetries",
      },
    });
  });
});
