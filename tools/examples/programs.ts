/** The example of a resource or a lookup in each language that it is printed in, from what its declaration has. */
import type { PropertyMap } from "../../provider/common/json";
import type { Lookup } from "../../provider/services/lookups/lookup";
import type { Resource } from "../../provider/services/resource";
import { TypeSpecs } from "../package-schema/type-specs";
import * as python from "./python";
import * as typescript from "./typescript";
import * as yaml from "./yaml";

export interface Program {
  /** As it is called behind a fence. */
  readonly language: "typescript" | "python" | "yaml";
  readonly title: string;
  readonly text: string;
}

export function resourcePrograms({ definition, example }: Resource): readonly Program[] {
  const { type } = definition;
  const types = new TypeSpecs();
  const inputs = types.propertiesOf(definition.arguments.shape);
  return programs(
    typescript.resourceProgram(type, example),
    python.resourceProgram(type, example, inputs, types.all),
    yaml.resourceProgram(type, example),
  );
}

export function lookupPrograms(name: string, lookup: Lookup): readonly Program[] {
  const args: PropertyMap = lookup.example;
  return programs(
    typescript.lookupProgram(name, args),
    python.lookupProgram(name, args),
    yaml.lookupProgram(name, args),
  );
}

const programs = (ofTypeScript: string, ofPython: string, ofYaml: string): readonly Program[] => [
  { language: "typescript", title: "TypeScript", text: ofTypeScript },
  { language: "python", title: "Python", text: ofPython },
  { language: "yaml", title: "YAML", text: ofYaml },
];

export const fenced = ({ language, text }: Pick<Program, "language" | "text">): string =>
  `\`\`\`${language}\n${text}\`\`\`\n`;
