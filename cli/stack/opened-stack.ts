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
  /** True for the whole configuration, beside which the state's does not count. */
  readonly complete: boolean;
  /** Base of relative files in the configuration. */
  readonly directory: string;
}
