/** Names that a program and its configuration need, made from the names of tasks. */

/** Characters that would need quotes in a shell. */
const UNUSUAL = /[^\p{L}\p{N}_-]+/gu;

/** The name, or else the name with the first number that makes it free. */
export function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  taken.add(free);
  return free;
}

/** @param taken logical names of the stack; those that are made join them */
export function logicalName(taskName: string, taken: Set<string>): string {
  const plain = taskName.replace(UNUSUAL, "-").replace(/^-+|-+$/g, "");
  return unique(plain === "" ? "task" : plain, taken);
}

/** Words in camelCase; what no identifier may have separates words. */
export function camelCaseOf(...texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const joined = words
    .map((word, index) =>
      index === 0
        ? word.charAt(0).toLowerCase() + word.slice(1)
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join("");
  return joined === "" || /^\d/.test(joined) ? `task${joined}` : joined;
}

/** A pattern as shells have it: `*` stands for any characters, `?` for one. */
export function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "su").test(name);
}
