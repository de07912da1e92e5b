/** The file that `pulumi stack export` writes. */
import { z } from "zod";
import { VideoAnalysisError } from "../../../provider/common/errors";

/** Versions of the format: 4 only names features (such as `taint`), none of which changes how resources are read. */
const VERSIONS = [3, 4];

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
  provider: z.string().optional(),
  /** Waits for its deletion after a replacement. */
  delete: z.boolean().optional(),
  /** Only read by the program, which does not own it. */
  external: z.boolean().optional(),
  ignoreChanges: z.array(z.string()).nullish(),
});
export type ExportedResource = z.output<typeof resource>;

const exported = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({
    secrets_providers: z
      .looseObject({
        type: z.string().optional(),
        state: z.looseObject({ salt: z.string().optional() }).nullish(),
      })
      .nullish(),
    resources: z.array(resource).nullish(),
    pending_operations: z.array(z.unknown()).nullish(),
  }),
});

export interface ExportedState {
  readonly resources: readonly ExportedResource[];
  /** Of the passphrase secrets provider; absent with any other. */
  readonly salt?: string;
  /** Operations that a killed run did not finish. */
  readonly pendingOperations: number;
}

/**
 * @param label names the text in messages
 * @throws `INVALID_STATE`
 */
export function parseExported(text: string, label: string): ExportedState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // The parser's own text would quote some of it, which may be a secret.
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(label, "it is no JSON");
  }
  return exportedState(json, label);
}

/** The same for parsed JSON. */
export function exportedState(json: unknown, label: string): ExportedState {
  const parsed = exported.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(label, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`);
  }
  const { version, deployment } = parsed.data;
  if (!VERSIONS.includes(version)) {
    throw invalid(label, `version ${version} is not known here, only ${VERSIONS.join(" and ")}`);
  }
  const salt = deployment.secrets_providers?.state?.salt;
  return {
    resources: deployment.resources ?? [],
    ...(salt === undefined ? {} : { salt }),
    pendingOperations: deployment.pending_operations?.length ?? 0,
  };
}

function invalid(label: string, problem: string): VideoAnalysisError {
  return new VideoAnalysisError(
    "INVALID_STATE",
    `${label} is no exported state: ${problem}. Write it with \`pulumi stack export --file <file>\`.`,
  );
}
