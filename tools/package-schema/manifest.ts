/** What the package schema takes over from package.json. */
import { readFileSync } from "node:fs";
import * as path from "node:path";

const FILE = path.resolve(__dirname, "../../../package.json");

export interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly keywords: readonly string[];
  /** The release workflow adds it. */
  readonly repository?: { readonly url: string };
}

/** Of the sources, which have no version of their own. */
export type SourceManifest = Omit<Manifest, "version"> & Partial<Pick<Manifest, "version">>;

export const readManifest = (): Manifest => JSON.parse(readFileSync(FILE, "utf8")) as Manifest;
