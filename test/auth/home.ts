/** A home directory of its own for each test, and the settings that are read from it. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { environmentSources } from "../../provider/services/auth/configuration";
import { resolveSettings, type Settings } from "../../provider/services/auth/settings";
import { stack } from "./support";

type StackValues = Parameters<typeof stack>[0];

export type Environment = Readonly<Record<string, string>>;

export class Home {
  #path = "";

  /** Call it inside `describe`. */
  constructor() {
    beforeEach(() => {
      this.#path = mkdtempSync(path.join(tmpdir(), "video-analysis-files-"));
    });
    afterEach(() => rmSync(this.#path, { recursive: true }));
  }

  get path(): string {
    return this.#path;
  }

  write(name: string, content: unknown): string {
    const file = path.join(this.#path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }

  settings(values: StackValues = {}, env: Environment = {}): Settings {
    const all = { HOME: this.#path, ...env };
    return resolveSettings([stack(values), ...environmentSources(all)], all);
  }

  /** The message by which the settings are refused. */
  failure(values: StackValues, env: Environment = {}): string {
    try {
      this.settings(values, env);
    } catch (error) {
      assert.ok(error instanceof Error && "code" in error && error.code === "CONFIGURATION");
      assert.doesNotMatch(error.message, /canary/);
      return error.message;
    }
    throw new Error("the settings were accepted");
  }
}

export const CLOUDS = ".config/openstack/clouds.yaml";
export const USER = "username: u, password: p-canary, user_domain_name: d";

/** A clouds.yaml with one entry. */
export const cloud = (auth: string, rest = ""): string =>
  `clouds:\n  one:\n    auth: { ${auth} }\n    ${rest}\n`;
