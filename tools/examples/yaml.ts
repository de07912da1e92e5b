/** Examples as YAML programs. */
import { stringify } from "yaml";
import type { PropertyMap } from "../../provider/common/json";
import { PLUGIN_PACKAGE } from "../../provider/services/configuration";
import type { ResourceExample } from "../../provider/services/resource";

/** Long texts stay in their lines. */
const OPTIONS = { lineWidth: 0 };

export const resourceProgram = (type: string, { name, args }: ResourceExample): string =>
  stringify(
    {
      resources: { [name]: { type: `${PLUGIN_PACKAGE}:${type}`, properties: args } },
      outputs: { taskIds: `\${${name}.taskIds}`, state: `\${${name}.state}` },
    },
    OPTIONS,
  );

export const lookupProgram = (name: string, args: PropertyMap): string =>
  stringify(
    { variables: { found: { "fn::invoke": { function: `${PLUGIN_PACKAGE}:${name}`, arguments: args } } } },
    OPTIONS,
  );
