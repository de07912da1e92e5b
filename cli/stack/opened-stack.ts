/** A stack whose state and configuration were opened. */
import type { ConfigurationLayer } from "./configuration/layers";
import type { ExportedState } from "./deployment/export-file";
import type { Decrypt } from "./deployment/passphrase";

export interface OpenedStack {
  /** For reports: the file, or the stack. */
  readonly source: { readonly kind: "state" | "stack"; readonly name: string };
  readonly state: ExportedState;
  readonly decrypt: Decrypt;
  /** Absent where only the state records the configuration. */
  readonly configuration?: ConfigurationLayer;
  /** Whether the configuration is the whole of it, so that what the state records of it does not count. */
  readonly complete: boolean;
  /** Where relative files of the configuration begin. */
  readonly directory: string;
}
