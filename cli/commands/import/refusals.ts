/** Refusals of options before anything is read: files that would be lost, options that do not go together. */
import { existsSync } from "node:fs";
import path from "node:path";
import { VideoAnalysisError } from "../../../provider/common/errors";
import { readText } from "../../../provider/services/auth/files";
import { refuseClash } from "../../output/write";
import type { RecordedResource } from "../../stack/recorded-resources";
import { labelOf } from "./selection";
import type { ImportOptions } from "./options";

const refuse = (problem: string): VideoAnalysisError => new VideoAnalysisError("CONFIGURATION", problem);

/** @throws `CONFIGURATION` */
export function refuseUnfit({
  appendTo,
  language,
  provider,
  setSecrets,
  stack,
  values,
}: ImportOptions): void {
  const unfit = Object.entries({
    "--append-to": appendTo,
    "--values": values,
    "--set-secrets": setSecrets || undefined,
  });
  const [option] = unfit.find(([, value]) => value !== undefined) ?? [];
  if (language !== "typescript" && option !== undefined) {
    throw refuse(
      `${option} is for programs in TypeScript: in ${language}, \`pulumi import\` writes the program. Leave it out.`,
    );
  }
  if (appendTo !== undefined && provider !== undefined) {
    throw refuse(
      "--append-to cannot pass the provider of --provider on. Leave it out, and call `declareTasks` in the program.",
    );
  }
  if (appendTo !== undefined && !existsSync(appendTo)) {
    throw refuse(`the file of --append-to, ${appendTo}, does not exist. Give the stack's program.`);
  }
  if (appendTo !== undefined && !/\.[cm]?[jt]sx?$/.test(appendTo)) {
    throw refuse(
      `the file of --append-to, ${appendTo}, is neither TypeScript nor JavaScript. Give --language for another program.`,
    );
  }
  if (setSecrets && stack === undefined) {
    throw refuse("--set-secrets needs the stack whose configuration gets them. Give --stack <name> too.");
  }
}

/** @throws `CONFIGURATION` */
export function refuseOverwriting({
  outFile,
  program,
  force,
  state,
  configFile,
  values,
  appendTo,
}: ImportOptions): void {
  refuseClash([outFile, program], [state, configFile, values, appendTo]);
  const outputs = [outFile, program].map((file) => path.resolve(file));
  const [importFile = "", programFile = ""] = outputs;
  if (importFile === programFile.replace(/\.\w+$/, ".json")) {
    throw refuse(
      `an import of ${programFile} without its extension would load ${importFile}. Give one another name.`,
    );
  }
  const existing = force ? undefined : outputs.find((file) => existsSync(file));
  if (existing === undefined) return;
  throw refuse(
    `${existing} exists already. Give another --out-file or --program, or --force to overwrite it: what only it declares, ` +
      "`pulumi up` deletes.",
  );
}

/** Names a resource of the stack that a program of an earlier import declares, since a new program in its place lacks it. */
export function whatIsLost(
  { language, program }: ImportOptions,
  resources: readonly RecordedResource[],
): string | undefined {
  if (language !== "typescript" || !existsSync(program)) return undefined;
  const comments = readText(program, "the file of --program")
    .split("\n")
    .map((line) => line.replace(/^.*\/\/ /, "").trimEnd());
  const label = resources.map(labelOf).find((one) => comments.includes(one));
  if (label === undefined) return undefined;
  return (
    `${program} declared ${label}, which the stack has: now that it is overwritten, \`pulumi up\` deletes that task. ` +
    "Declare it elsewhere, or import again with another --program."
  );
}
