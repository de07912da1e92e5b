/** Completion for bash, from version 3.2 on. */
import type { CompletableCommand, CompletableOption } from "./tree";
import { withDescendants } from "./tree";

/** `/ls/services`: where the words so far have led to. */
const placeOf = ({ path }: CompletableCommand): string => path.map((name) => `/${name}`).join("");

const quoted = (words: readonly string[]): string => `'${words.join(" ")}'`;

function valueLine(command: CompletableCommand, option: CompletableOption): string[] {
  const { value, flags, optional } = option;
  if (value === "none") return [];
  const pattern = flags.map((flag) => `'${placeOf(command)}:${flag}'`).join("|");
  // Where the value may be left out, options are offered as well.
  const end = optional ? "" : " return;";
  const kind = value === "file" ? "-f" : value === "directory" ? "-d" : undefined;
  if (kind !== undefined) return [`    ${pattern}) _video_analysis_files ${kind} "$cur";${end} ;;`];
  if (value === "text") return optional ? [] : [`    ${pattern}) return ;;`];
  return [`    ${pattern}) _video_analysis_words ${quoted(value as readonly string[])} "$cur";${end} ;;`];
}

export function bashScript(program: CompletableCommand): string {
  const all = withDescendants(program);
  const places = all.map(placeOf).filter((place) => place !== "");
  const values = all.flatMap((command) => command.options.flatMap((option) => valueLine(command, option)));
  const words = all.map((command) => {
    const names = command.children.map(({ path }) => path.at(-1) ?? "");
    const flags = command.options.flatMap((option) => option.flags);
    return `    '${placeOf(command)}') _video_analysis_words ${quoted([...names, ...command.choices, ...flags])} "$cur" ;;`;
  });
  return `# Completion of video-analysis for bash.
_video_analysis_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$2"))
}
_video_analysis_files() {
  local file
  while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen "$1" -- "$2")
  compopt -o filenames 2>/dev/null
}
_video_analysis() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" place="" index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$place/\${COMP_WORDS[index]}" in
    ${places.map((place) => `'${place}'`).join("|")}) place="$place/\${COMP_WORDS[index]}" ;;
    esac
  done
  case "$place:\${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join("\n")}
  esac
  case "$place" in
${words.join("\n")}
  esac
}
complete -F _video_analysis video-analysis
`;
}
