/** Examples as TypeScript programs. */
import { isObject, type PropertyMap } from "../../provider/common/json";
import type { ResourceExample } from "../../provider/services/resource";
import { broken, type Brackets, type Code, laidOut } from "./code";

/** As this repository's formatter has it. */
const LAYOUT = { width: 110, indent: 2 };

const IMPORT = `import * as va from "pulumi-video-analysis";\n\n`;

export function resourceProgram(type: string, { name, args }: ResourceExample): string {
  const variable = camelCase(name);
  const declared = broken(objectCode(args), LAYOUT, {
    before: `const ${variable} = new va.${type}("${name}", `,
    after: ");",
  });
  return `${IMPORT}${declared}\nexport const { taskIds, state } = ${variable};\n`;
}

export const lookupProgram = (name: string, args: PropertyMap): string => IMPORT + lookupLine(name, args);

/** Of a hover text. */
export const lookupLine = (name: string, args: PropertyMap): string =>
  laidOut(objectCode(args), LAYOUT, { before: `const found = await va.${name}(`, after: ");" });

const objectCode = (value: PropertyMap): Brackets => ({
  open: "{",
  close: "}",
  padding: " ",
  parts: Object.entries(value).map(([key, item]) => [`${key}: `, codeOf(item)]),
});

function codeOf(value: unknown): Code {
  if (Array.isArray(value))
    return { open: "[", close: "]", parts: value.map((item: unknown) => ["", codeOf(item)]) };
  return isObject(value) ? objectCode(value) : JSON.stringify(value);
}

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
