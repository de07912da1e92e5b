/** The file for `pulumi import --file`, with inputs and outputs, so that the engine asks no provider for them. */
import type { PropertyMap } from "../../../provider/common/json";
import { secretPaths } from "../../../provider/core/schema/secrets";
import { inImportFile, sanitize, withSecrets } from "../../../provider/fronts/engine/values";
import type { Declaration } from "./declaration";

/** Spaces of one level, as in the files that Pulumi writes. */
const INDENT = 4;

export interface ExplicitProvider {
  readonly name: string;
  readonly urn: string;
}

export function importFileOf(tasks: readonly Declaration[], provider: ExplicitProvider | undefined): string {
  const file = {
    ...(provider === undefined ? {} : { nameTable: { [provider.name]: provider.urn } }),
    resources: tasks.map(({ resourceType: { definition, token, providerText }, name, task }) => {
      const seal = (bag: PropertyMap): PropertyMap => {
        const plain = sanitize(bag) as Record<string, unknown>;
        const sealed = withSecrets(plain, secretPaths(definition.arguments, plain), inImportFile);
        return { ...sealed, __provider: providerText };
      };
      return {
        type: token,
        name,
        id: task.id,
        ...(provider === undefined ? {} : { provider: provider.name }),
        inputs: seal(task.inputs),
        outputs: seal(task.outputs),
      };
    }),
  };
  return `${JSON.stringify(file, undefined, INDENT)}\n`;
}
