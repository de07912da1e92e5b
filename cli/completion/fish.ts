/** Completion for fish. */
import { type CompletableCommand, type CompletableOption, withDescendants } from "./tree";

const quote = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;

/** Whether the words so far lead to the command, and to none below it. */
function conditionOf({ path, children }: CompletableCommand): string {
  const names = children.map((child) => child.path.at(-1) ?? "");
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const below = names.length === 0 ? [] : [`not __fish_seen_subcommand_from ${names.join(" ")}`];
  return [...seen, ...below].join("; and ");
}

function valueOf({ value, optional }: CompletableOption): string {
  switch (value) {
    case "none":
      return "";
    case "file":
      return optional ? " -F" : " -r -F";
    case "directory":
      return " -x -a '(__fish_complete_directories)'";
    case "text":
      return optional ? "" : " -x";
    default:
      return ` -x -a ${quote(value.join(" "))}`;
  }
}

function linesOf(command: CompletableCommand): string[] {
  const start = `complete -c video-analysis -n ${quote(conditionOf(command))}`;
  return [
    ...command.children.map(
      ({ path, summary }) => `${start} -f -a ${quote(path.at(-1) ?? "")} -d ${quote(summary)}`,
    ),
    ...(command.choices.length === 0 ? [] : [`${start} -f -a ${quote(command.choices.join(" "))}`]),
    ...command.options.map((option) => {
      const flags = option.flags.map((flag) =>
        flag.startsWith("--") ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
      );
      return `${start}${flags.join("")}${valueOf(option)} -d ${quote(option.description)}`;
    }),
  ];
}

export function fishScript(program: CompletableCommand): string {
  const lines = withDescendants(program).flatMap(linesOf);
  return `# Completion of video-analysis for fish.\ncomplete -c video-analysis -f\n${lines.join("\n")}\n`;
}
