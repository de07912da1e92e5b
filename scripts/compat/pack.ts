/** The package as npm would publish it. */
import * as path from "node:path";
import { runNpm } from "./run";

/** The repository's root, from the compiled file in dist/scripts/compat. */
export const ROOT = path.resolve(__dirname, "../../..");

export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** Bytes of its files. */
  readonly unpackedSize: number;
  /** Paths inside the package, `/` between their parts. */
  readonly paths: readonly string[];
}

interface PackReport {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the build that is there into `folder`. */
export function pack(folder: string): Packed {
  const said = runNpm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: ROOT });
  const [report] = JSON.parse(said) as PackReport[];
  if (report === undefined) throw new Error(`npm pack said ${said}`);
  return {
    file: path.join(folder, report.filename),
    unpackedSize: report.unpackedSize,
    paths: report.files.map((file) => file.path),
  };
}
