/** Examples that declarations have: pages print them, and the class, the README and the checks agree with them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { RESOURCES } from "../../provider/services";
import { checkedInputs } from "../../provider/services/lookups/lookup";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import type { Lookup } from "../../provider/services/lookups/lookup";
import type { Resource } from "../../provider/services/resource";
import { resourcePrograms } from "../../tools/examples/programs";
import { readManifest } from "../../tools/package-schema/manifest";
import { packageSchema } from "../../tools/package-schema/package-schema";
import { REPOSITORY } from "./pages";

const read = (file: string): string => readFileSync(path.join(REPOSITORY, file), "utf8");

const fileOf = (type: string): string => `sdk/${type.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase()}.ts`;

describe("examples of the declarations", () => {
  for (const [name, resource] of Object.entries<Resource>(RESOURCES)) {
    it(`are what the class shows on hovering: ${name}`, () => {
      const [typescript] = resourcePrograms(resource);
      const declaration = /^const [^]*?^\}\);$/m.exec(typescript?.text ?? "")?.[0] ?? "none";
      const [comment = ""] = read(fileOf(name)).split(`export class ${name} `);
      assert.ok(comment.replace(/^ \* ?/gm, "").includes(`\`\`\`ts\n${declaration}\n\`\`\``), declaration);
    });
  }

  for (const [name, lookup] of Object.entries<Lookup>(LOOKUPS)) {
    it(`are taken by the lookup: ${name}`, () => {
      assert.deepEqual(checkedInputs(name, lookup, lookup.example), lookup.example);
    });
  }

  it("begin the README", () => {
    const [program] = resourcePrograms(RESOURCES.ServiceTask);
    assert.ok(read("README.md").includes(`\`\`\`ts\n${program?.text ?? ""}\`\`\``));
  });

  it("are in the package schema, in each language and between the markers of the registry", () => {
    const { resources, functions } = packageSchema(readManifest());
    for (const [token, { description }] of Object.entries({ ...resources, ...functions })) {
      const inside =
        /\{\{% examples %\}\}\n## Example Usage\n\{\{% example %\}\}([^]*)\{\{% \/example %\}\}\n\{\{% \/examples %\}\}/;
      const languages = [...(inside.exec(description)?.[1] ?? "").matchAll(/^```(\w+)$/gm)];
      assert.deepEqual(
        languages.map(([, language]) => language),
        ["typescript", "python", "yaml"],
        token,
      );
    }
  });
});
