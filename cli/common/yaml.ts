/** Reads YAML. Errors quote nothing of it, since it may hold secrets. */
import { VideoAnalysisError } from "../../provider/common/errors";

export interface YamlContent {
  /** With numbers and booleans as YAML reads them. */
  readonly typed: unknown;
  /** The same with every scalar as the text that was written: `123e78901` is an id, and no number. */
  readonly written: unknown;
}

/** @throws `CONFIGURATION` with the line, and without its text */
export async function readYaml(text: string, file: string): Promise<YamlContent> {
  const { parse, YAMLParseError } = await import("yaml");
  const quiet = { prettyErrors: false, logLevel: "error" } as const;
  try {
    return {
      typed: parse(text, quiet) as unknown,
      written: parse(text, { ...quiet, schema: "failsafe", merge: true }) as unknown,
    };
  } catch (error) {
    const [from] = error instanceof YAMLParseError ? error.pos : [];
    const line = from === undefined ? "" : ` in line ${text.slice(0, from).split("\n").length}`;
    throw new VideoAnalysisError("CONFIGURATION", `${file} is no YAML that can be read${line}. Correct it.`);
  }
}
