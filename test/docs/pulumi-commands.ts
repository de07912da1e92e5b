/**
 * The commands of the Pulumi CLI that the pages show, with the options that they use. Where a CLI is on the PATH, a test
 * compares them with what it says of itself.
 */
export const PULUMI_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "config set": ["--secret", "--path", "--stack"],
  cancel: ["--stack", "--yes"],
  destroy: ["--stack", "--yes"],
  import: ["--file", "--generate-code", "--yes"],
  login: [],
  new: [],
  preview: ["--diff", "--stack", "--refresh"],
  refresh: ["--preview-only", "--diff", "--stack", "--yes", "--expect-no-changes"],
  "stack export": ["--file", "--show-secrets", "--stack"],
  "stack import": ["--file"],
  "stack init": [],
  "stack output": ["--show-secrets", "--json"],
  "stack select": ["--create"],
  "state delete": [],
  up: ["--refresh", "--yes", "--stack", "--skip-preview", "--target", "--parallel"],
  version: [],
  whoami: [],
};

/** The longer forms of options of one letter. */
export const SHORT: Readonly<Record<string, string>> = { "-s": "--stack", "-y": "--yes", "-f": "--file" };
