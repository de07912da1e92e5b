/**
 * The file for `pulumi import --file`: of dynamic resources with inputs and outputs, so that the engine asks no provider for
 * them.
 */
import type { PropertyMap } from "../../../provider/common/json";
import { secretPaths } from "../../../provider/core/schema/secrets";
import { inImportFile, sanitize, withSecrets } from "../../../provider/fronts/engine/values";
import { pluginToken } from "../../../provider/services/configuration";
import type { Declaration } from "./declaration";

/** Spaces of one level, as in the files that Pulumi writes. */
const INDENT = 4;

export interface ExplicitProvider {
  readonly name: string;
  readonly urn: string;
}

/** The file for the provider plugin, which reads the tasks itself. */
export function pluginImportFileOf(
  tasks: readonly Declaration[],
  provider: ExplicitProvider | undefined,
): string {
  const named = provider === undefined ? {} : { provider: provider.name };
  return textOf(
    tasks.map(({ resourceType: { definition }, name, task }) => {
      return { type: pluginToken(definition.type), name, id: task.id, ...named };
    }),
    provider,
  );
}

function textOf(resources: readonly unknown[], provider: ExplicitProvider | undefined): string {
  const names = provider === undefined ? {} : { nameTable: { [provider.name]: provider.urn } };
  return `${JSON.stringify({ ...names, resources }, undefined, INDENT)}\n`;
}

/** The file for dynamic resources. */
export function importFileOf(tasks: readonly Declaration[], provider: ExplicitProvider | undefined): string {
  return textOf(
    tasks.map(({ resourceType: { definition, token, providerText }, name, task }) => {
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
    provider,
  );
}
