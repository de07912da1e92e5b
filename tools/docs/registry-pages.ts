/** `docs/_index.md` and `docs/installation-configuration.md`, as the Pulumi Registry takes them, from the pages for readers here. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { RESOURCES } from "../../provider/services";
import {
  CONFIGURATION,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKeyInfo,
} from "../../provider/services/configuration";
import { fenced, type Program, resourcePrograms } from "../examples/programs";
import { defaultText, sentences } from "../hover-text";
import { GENERATED, table } from "./markdown";

const ROOT = path.resolve(__dirname, "../../..");

/** File name to text. */
export const registryPages = (): ReadonlyMap<string, string> =>
  new Map([
    ["_index.md", overview()],
    ["installation-configuration.md", installation()],
  ]);

function overview(): string {
  const readme = read("README.md");
  return `${frontMatter("Video Analysis", "Video analysis tasks on Huawei Cloud and Open Telekom Cloud as code.")}
${introductionOf(readme)}
## Example

The program runs as it stands with the emulator that the npm package brings: \`npx video-analysis emulator --configure dev\`.

${chooser(resourcePrograms(RESOURCES.ServiceTask))}
## What it does

${sectionOf(readme, "What it does").replace(/\n\*\*Status:\*\*[^]*/, "")}
## Regions

${introductionOf(read("docs/regions.md"))}`;
}

function installation(): string {
  const start = read("docs/getting-started.md");
  const rows = Object.entries<ConfigurationKeyInfo>(CONFIGURATION).map(([key, info]) => [
    `\`${CONFIGURATION_NAMESPACE}:${key}\``,
    sentences([info.description, defaultText(info), info.secret && "A secret."]),
    variablesOf(info),
  ]);
  return `${frontMatter("Video Analysis Installation & Configuration", "Installs and configures the Video Analysis provider for Pulumi.")}
## Installation

TypeScript and JavaScript programs need the npm package alone, and Node 20 or newer:

\`\`\`bash
npm install pulumi-video-analysis
\`\`\`

### Other languages

${commandsOf(sectionOf(read("docs/languages.md"), "Install"))}
## Configuration

On Open Telekom Cloud:

${firstBlock(sectionOf(start, "Open Telekom Cloud"))}
On Huawei Cloud:

${firstBlock(sectionOf(start, "Huawei Cloud"))}
Every key is an argument of an explicit \`Provider\` too. Highest first: those arguments, the stack configuration, the environment,
files. Credentials always come as one set from one source. \`npx video-analysis doctor\` shows where each value comes from.

${table(["key", "meaning", "environment"], rows)}`;
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

const frontMatter = (title: string, description: string): string => `---
title: ${title}
meta_desc: ${description}
layout: package
---

${GENERATED}`;

const chooser = (programs: readonly Program[]): string =>
  `{{< chooser language "${programs.map(({ language }) => language).join(",")}" >}}
${programs.map((program) => `{{% choosable language ${program.language} %}}\n\n${fenced(program)}\n{{% /choosable %}}\n`).join("")}
{{< /chooser >}}
`;

/** The text between a page's title and what follows it: the next heading, or the first block of code. */
const introductionOf = (page: string): string =>
  withoutOwnLinks(/^# .*\n\n([^]*?)\n(?=#|```)/m.exec(page)?.[1] ?? "");

function sectionOf(page: string, title: string): string {
  const [, text] = page.split(new RegExp(`^## ${title}\n\n`, "m"));
  if (text === undefined) throw new Error(`No section "${title}" in a page that others are made of.`);
  return withoutOwnLinks(text.split(/^## /m, 1)[0] ?? "");
}

/** To the end of the last block. */
const commandsOf = (text: string): string => /^[^]*^```\n/m.exec(text)?.[0] ?? "";

const firstBlock = (text: string): string => /^```[^]*?^```\n/m.exec(text)?.[0] ?? "";

/** The registry does not have the other pages; tables that lose their links lose their columns' widths too. */
const withoutOwnLinks = (text: string): string =>
  text.replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, "$1").replace(/ {2,}\|/g, " |");

const variablesOf = ({ variables = {} }: ConfigurationKeyInfo): string =>
  [variables.huawei, variables.openstack]
    .flatMap((names = []) => names.slice(0, 1).map((name) => `\`${name}\``))
    .join(", ");
