/** `docs/reference/provider.md`: the keys of the configuration, which are the arguments of `Provider`. */
import { CONFIGURATION, type ConfigurationKeyInfo } from "../../provider/services/configuration";
import { defaultText, sentences } from "../hover-text";
import { GENERATED, table } from "./markdown";

const INTRODUCTION = `
# Provider and configuration

Each key is a value of the stack configuration (\`pulumi config set video-analysis:region eu-de\`), and an argument of
\`va.Provider\`, which is for a second account, project or region:

\`\`\`ts
import * as va from "pulumi-video-analysis";

const berlin = new va.Provider("berlin", { region: "eu-de", cloudName: "berlin" });

const lobby = new va.ServiceTask(
  "lobby",
  {
    serviceId: "2a2db77f-0000-0000-0000-608a31865313",
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/lobby" }] },
    output: { dis: { streamName: "faces" } },
  },
  { provider: berlin },
);

export const { taskIds } = lobby;
\`\`\`

Highest first: the arguments of an explicit \`Provider\`, the stack configuration, the environment, files.
[Credentials](../credentials.md) has the names in the environment and the files; credentials always come as one set from one
source. What the pulumi command keeps is text: \`endpoints\` is JSON there, and an object as an argument.

What a \`Provider\` is not given it takes over from the stack configuration, by the group of the key:

- **identity**: as a whole, and only where none of these keys is an argument.
- **place** and **project**: not where \`region\`, \`cloud\` or a key of identity is an argument; and neither of \`projectId\` and
  \`projectName\` beside the other.
- **general**: always.

`;

/** The page as it should be; the same keys always give the same text. */
export function providerPage(): string {
  const rows = Object.entries<ConfigurationKeyInfo>(CONFIGURATION).map(([key, info]) => [
    `\`${key}\``,
    `\`${typeOf(info)}\``,
    info.group,
    info.secret === true ? "yes" : "",
    sentences([info.description, defaultText(info)]),
  ]);
  const members = Object.entries(CONFIGURATION.endpoints.members).map(([name, text]) => [
    `\`${name}\``,
    text,
  ]);
  return [
    GENERATED,
    INTRODUCTION,
    table(["key", "type", "group", "secret", "meaning"], rows),
    `\n## endpoints\n\nEach a base URL: http or https, without user name, query and fragment. A path stays and is signed.\n\n`,
    table(["member", "meaning"], members),
  ].join("");
}

function typeOf({ values, members, type }: ConfigurationKeyInfo): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  return members === undefined ? (type ?? "string") : "object";
}
