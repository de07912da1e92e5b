/** The commands in a block of shell, as lists of words. */
import { parseDocument } from "yaml";
import { type Block, blocksOf } from "./pages";

export interface ShellCommand {
  readonly place: string;
  readonly words: readonly string[];
}

/** A word, its quotes kept, or what ends a command; a comment runs to the end of the line. */
const TOKEN = /\s+#.*$|^#.*$|&&|\|\||[|;]|(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^)]*\)|\\.|[^\s"'|;&\\])+|&/gm;
const SEPARATOR = /^(?:&&|\|\||[|;&])$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

const unquoted = (word: string): string => word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, "$1$2");

/** Commands of a text; assignments before one and redirections behind it are left out. */
export function commandsIn(place: string, text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  for (const line of text.replace(/\\\n\s*/g, " ").split("\n")) {
    let words: string[] = [];
    const end = (): void => {
      while (ASSIGNMENT.test(words[0] ?? "")) words.shift();
      const redirection = words.findIndex((word) => /^\d?[<>]/.test(word) && !/^<\w[^>]*$|^<.*>$/.test(word));
      if (redirection >= 0) words = words.slice(0, redirection);
      if (words.length > 0) commands.push({ place, words: words.map(unquoted) });
      words = [];
    };
    for (const [token] of line.matchAll(TOKEN)) {
      if (/^\s*#/.test(token)) break;
      if (SEPARATOR.test(token)) end();
      else words.push(token);
      // A command inside a word counts, too.
      const inner = /\$\(([^)]*)\)/.exec(token)?.[1];
      if (inner !== undefined) commands.push(...commandsIn(place, inner));
    }
    end();
  }
  return commands;
}

/** The scripts in a workflow: `run` on GitHub, `script` and its relatives on GitLab. */
function scriptsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    if (!/^(?:run|(?:before_|after_)?script)$/.test(key)) return scriptsIn(item);
    return [item].flat().filter((line) => typeof line === "string");
  });
}

function commandsOf({ place, language, text }: Block): ShellCommand[] {
  if (language !== "yaml") return commandsIn(place, text);
  const document = parseDocument(text);
  const scripts = document.errors.length === 0 ? scriptsIn(document.toJS()) : [];
  return scripts.flatMap((script) => commandsIn(place, script));
}

/** Every command that a page shows. */
export const shellCommands: readonly ShellCommand[] = blocksOf("bash", "sh", "yaml").flatMap(commandsOf);
