/** `npm run release`: checks and tests what would be published, and pushes the tag that the release workflow publishes. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { ROOT, run, runNpm } from "../compat/run";
import { problemsOf, type Repository, tagOf } from "./problems";

const { values } = parseArgs({
  options: {
    /** Publishes nothing and pushes nothing. */
    "dry-run": { type: "boolean", default: false },
  },
});
const isDry = values["dry-run"];

const git = (...args: string[]): string => run("git", args, { cwd: ROOT }).trimEnd();
const read = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

function repository(): Repository {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  return {
    branch: git("rev-parse", "--abbrev-ref", "HEAD"),
    status: git("status", "--porcelain"),
    tags: git("tag").split("\n"),
    version,
    changelog: read("CHANGELOG.md"),
    golden: readdirSync(path.join(ROOT, "test", "upgrade", "golden")),
  };
}

function main(): number {
  const found = repository();
  const problems = problemsOf(found);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0 && !isDry) return 1;
  console.log(runNpm(["run", "--silent", "compat"], { cwd: ROOT }).trimEnd());
  runNpm(["publish", "--dry-run", "--ignore-scripts", "--access", "public"], { cwd: ROOT });
  const tag = tagOf(found.version);
  if (isDry) {
    console.log(
      problems.length === 0 ? `Ready: without --dry-run ${tag} is pushed.` : "Not ready: see above.",
    );
    return problems.length === 0 ? 0 : 1;
  }
  git("tag", "--annotate", tag, "--message", `Release ${found.version}`);
  git("push", "origin", tag);
  console.log(`${tag} is pushed: the release workflow tests it again and publishes it with provenance.`);
  return 0;
}

process.exitCode = main();
