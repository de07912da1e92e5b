/** Completion for zsh. */
import { type CompletableCommand, type CompletableOption, withDescendants } from "./tree";

const functionOf = ({ path }: CompletableCommand): string => ["_video_analysis", ...path].join("_");

/** A text within single quotes. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Brackets and colons part what `_arguments` reads. */
const plain = (text: string): string => text.replace(/[[\]:\\]/g, "\\$&");

function actionOf({ value, optional }: CompletableOption): string {
  const separator = optional ? "::" : ":";
  switch (value) {
    case "none":
      return "";
    case "file":
      return `${separator}file:_files`;
    case "directory":
      return `${separator}directory:_files -/`;
    case "text":
      return `${separator}value: `;
    default:
      return `${separator}value:(${value.join(" ")})`;
  }
}

function specsOf({ options }: CompletableCommand): string[] {
  return options.flatMap((option) =>
    option.flags.map((flag) => quote(`*${flag}[${plain(option.description)}]${actionOf(option)}`)),
  );
}

function functionText(command: CompletableCommand): string {
  const { children, choices } = command;
  const specs = specsOf(command);
  const choose = choices.length === 0 ? [] : [quote(`:value:(${choices.join(" ")})`)];
  if (children.length === 0) {
    return `${functionOf(command)}() {\n  _arguments ${[...specs, ...choose].join(" \\\n    ")}\n}`;
  }
  const names = children.map(({ path, summary }) => quote(`${path.at(-1) ?? ""}:${plain(summary)}`));
  const cases = children.map((child) => `      ${child.path.at(-1) ?? ""}) ${functionOf(child)} ;;`);
  return `${functionOf(command)}() {
  local state line
  local -a commands=(${names.join(" ")})
  _arguments -C ${specs.join(" \\\n    ")} \\
    '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $line[1] in
${cases.join("\n")}
      esac ;;
  esac
}`;
}

export function zshScript(program: CompletableCommand): string {
  return `#compdef video-analysis
# Completion of video-analysis for zsh.
${withDescendants(program).map(functionText).join("\n")}
if [[ $funcstack[1] == _video-analysis ]]; then
  ${functionOf(program)} "$@"
else
  compdef ${functionOf(program)} video-analysis
fi
`;
}
