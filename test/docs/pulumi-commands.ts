/**
 * The commands of the Pulumi CLI that pages may show, with options. Where a CLI is on the PATH, a test compares them with
 * what it says of itself.
 */
export const PULUMI_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  cancel: ["--stack", "--yes"],
  "config get": ["--path", "--stack"],
  "config refresh": ["--force", "--stack"],
  "config rm": ["--path", "--stack"],
  "config set": ["--path", "--plaintext", "--secret", "--stack"],
  destroy: ["--exclude-protected", "--refresh", "--run-program", "--stack", "--target", "--yes"],
  import: ["--file", "--generate-code", "--out", "--stack", "--yes"],
  login: ["--local"],
  logout: [],
  new: ["--dir", "--force", "--name", "--stack", "--yes"],
  "package add": [],
  "package gen-sdk": ["--language", "--out"],
  preview: ["--diff", "--expect-no-changes", "--json", "--policy-pack", "--refresh", "--stack", "--target"],
  refresh: [
    "--clear-pending-creates",
    "--diff",
    "--expect-no-changes",
    "--preview-only",
    "--run-program",
    "--stack",
    "--target",
    "--yes",
  ],
  "stack export": ["--file", "--show-secrets", "--stack"],
  "stack import": ["--file", "--stack"],
  "stack init": ["--secrets-provider", "--stack"],
  "stack ls": ["--all"],
  "stack output": ["--json", "--show-secrets", "--stack"],
  "stack rename": ["--stack"],
  "stack rm": ["--force", "--stack", "--yes"],
  "stack select": ["--create", "--stack"],
  "state delete": ["--force", "--stack", "--yes"],
  "state rename": ["--stack", "--yes"],
  "state unprotect": ["--all", "--stack", "--yes"],
  up: [
    "--diff",
    "--parallel",
    "--refresh",
    "--replace",
    "--skip-preview",
    "--stack",
    "--target",
    "--target-dependents",
    "--target-replace",
    "--yes",
  ],
  version: [],
  whoami: [],
};

/** The longer forms of options of one letter. */
export const SHORT: Readonly<Record<string, string>> = {
  "-f": "--file",
  "-p": "--parallel",
  "-r": "--refresh",
  "-s": "--stack",
  "-t": "--target",
  "-y": "--yes",
};
